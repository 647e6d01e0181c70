package dev.skerry.local.watch;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.function.Consumer;

/** What has arrived in the cloud of what a site wrote. Not thread-safe. */
sealed interface CloudCount extends AutoCloseable {

  /** Hands over the topic of each record that has arrived since; does not wait. */
  void poll(Consumer<String> topics);

  @Override
  void close();

  /** Reads all mirrored topics from their beginning. */
  final class Reading implements CloudCount {
    private final TopicReader reader;
    private final SiteWatch.Cloud cloud;

    Reading(SiteWatch.Cloud cloud) {
      this.cloud = cloud;
      this.reader = new TopicReader(cloud.broker());
      reader.startAt(
          reader.beginnings(
              reader.partitions(
                  Topics.mirroredFrom(Side.EDGE).stream().map(Topic::name).toList())));
    }

    @Override
    public void poll(Consumer<String> topics) {
      reader.poll(
          Duration.ZERO,
          record -> {
            if (cloud.own().takes(record)) {
              topics.accept(record.topic());
            }
          });
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /** There is no cloud. */
  final class Nothing implements CloudCount {
    @Override
    public void poll(Consumer<String> topics) {}

    @Override
    public void close() {}
  }
}
