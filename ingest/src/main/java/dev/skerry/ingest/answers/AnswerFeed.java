package dev.skerry.ingest.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Detections to those who have subscribed, as they come: it begins at the end of every partition
 * and keeps no offsets, since yesterday's answers stop no machine. Every gateway reads all of them,
 * for nobody knows on which one a device is. A thread of its own.
 */
public final class AnswerFeed implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LOOK_FOR_PARTITIONS_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final AnswerFilter filter;
  private final Subscribers subscribers;
  private final Counter unreadable;
  private final AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
  private final DetectionReader reader;
  private volatile boolean isReading;

  private AnswerFeed(
      KafkaSettings settings,
      AnswersConfig config,
      Subscribers subscribers,
      MeterRegistry registry) {
    this.filter = new AnswerFilter(config.mqtt(), "gateway.answers.mqtt");
    this.subscribers = subscribers;
    this.unreadable = registry.counter("skerry.ingest.answers.unreadable", "way", "mqtt");
    this.reader =
        new DetectionReader(
            "answers-mqtt",
            "subscribers",
            settings,
            "skerry-gateway-answers",
            Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"),
            new FromTheEnd());
  }

  /** Starts to read. */
  public static AnswerFeed start(
      KafkaSettings settings,
      AnswersConfig config,
      Subscribers subscribers,
      MeterRegistry registry) {
    AnswerFeed feed = new AnswerFeed(settings, config, subscribers, registry);
    feed.reader.start();
    return feed;
  }

  /** Whether it stands at the end of the topic: what is written from now on is passed on. */
  public boolean isReading() {
    return isReading;
  }

  /** Waits until it has ended. */
  @Override
  public void close() {
    reader.close();
  }

  private final class FromTheEnd implements DetectionReader.Reading {

    @Override
    public void read(Consumer<byte[], byte[]> consumer) {
      long lookedNanos = System.nanoTime() - LOOK_FOR_PARTITIONS_NANOS;
      while (!reader.stops()) {
        if (consumer.assignment().isEmpty()
            || System.nanoTime() - lookedNanos > LOOK_FOR_PARTITIONS_NANOS) {
          lookedNanos = System.nanoTime();
          takeNewPartitions(consumer);
        }
        if (consumer.assignment().isEmpty()) {
          reader.pause();
        } else {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            pass(record);
          }
        }
      }
    }

    @Override
    public void ended() {
      isReading = false;
    }
  }

  private void takeNewPartitions(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> all =
        consumer.partitionsFor(Topics.DETECTIONS.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    Set<TopicPartition> before = consumer.assignment();
    if (all.size() > before.size()) {
      consumer.assign(all);
      List<TopicPartition> added = all.stream().filter(p -> !before.contains(p)).toList();
      consumer.seekToEnd(added);
      added.forEach(consumer::position); // Now, and not when the first poll comes to it.
      isReading = true;
    }
  }

  private void pass(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      unreadable.increment();
      return;
    }
    String device = new String(record.key(), UTF_8);
    if (!subscribers.isWanted(device)) {
      return;
    }
    if (decoder.decode(record.value()) instanceof Decoded.Value<Detection> decoded) {
      Detection detection = decoded.value();
      if (filter.admits(detection)) {
        subscribers.tell(
            device, AnswerJson.of(detection), detection.getInferredAt().toEpochMilli());
      }
    } else {
      unreadable.increment();
    }
  }
}
