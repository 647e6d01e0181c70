package dev.skerry.schemas.topic;

import dev.skerry.schemas.topic.Topic.Cleanup;
import dev.skerry.schemas.topic.Topic.Flow;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** A topic as the catalogue writes it down: what is not said is what most topics have. */
final class TopicDraft {

  private static final String DEVICE = "deviceId";
  private static final long GIB = 1L << 30;

  private final String name;
  private final Class<? extends SpecificRecord> value;
  private Side home = Side.EDGE;
  private boolean onEachSide;
  private Flow flow = Flow.NONE;
  private String keyDescription = DEVICE;
  private Optional<Class<? extends SpecificRecord>> key = Optional.empty();
  private int partitions = 4;
  private Cleanup cleanup = Cleanup.DELETE;
  private Duration retention = Duration.ofDays(7);
  private int maxMessageBytes = Topics.MAX_WRAPPED_BYTES;

  private TopicDraft(String name, Class<? extends SpecificRecord> value) {
    this.name = name;
    this.value = value;
  }

  static TopicDraft topic(String name, Class<? extends SpecificRecord> value) {
    return new TopicDraft(name, value);
  }

  TopicDraft inTheCloud() {
    home = Side.CLOUD;
    return this;
  }

  TopicDraft onEachSide() {
    onEachSide = true;
    return this;
  }

  TopicDraft flow(Flow flow) {
    this.flow = flow;
    return this;
  }

  TopicDraft key(Class<? extends SpecificRecord> type) {
    key = Optional.of(type);
    keyDescription = type.getSimpleName();
    return this;
  }

  TopicDraft key(String text) {
    keyDescription = text;
    return this;
  }

  TopicDraft onePartition() {
    partitions = 1;
    return this;
  }

  TopicDraft keepDays(int days) {
    retention = Duration.ofDays(days);
    return this;
  }

  TopicDraft keepLastOfEachKey() {
    cleanup = Cleanup.COMPACT;
    return this;
  }

  TopicDraft maxMessageBytes(int bytes) {
    maxMessageBytes = bytes;
    return this;
  }

  /** The topic, with who writes and who reads it. */
  Topic between(String writers, String readers) {
    return new Topic(
        name,
        home,
        onEachSide,
        flow,
        keyDescription,
        key,
        value,
        writers,
        readers,
        partitions,
        cleanup,
        retention,
        GIB,
        maxMessageBytes);
  }
}
