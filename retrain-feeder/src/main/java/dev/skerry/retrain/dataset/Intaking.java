package dev.skerry.retrain.dataset;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads samples and labels into the store, from where the store says. It needs no group: the
 * positions are written with what was read. A record that only a newer release can read keeps its
 * partition waiting; one that nobody can read is counted, told and passed over. Not thread-safe.
 */
public final class Intaking {

  private static final Logger log = LoggerFactory.getLogger(Intaking.class);
  private static final List<Topic> TOPICS = List.of(Topics.RETRAINING_SAMPLES, Topics.LABELS);
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final SampleStore store;
  private final Clock clock;
  private final AvroDecoder<RetrainingSample> samples;
  private final AvroDecoder<Label> labels;
  private final LabelledCounts counts;
  private final IntakeMetrics metrics;
  private final SortedMap<String, Long> inputs = new TreeMap<>();
  private final Map<TopicPartition, Instant> waiting = new HashMap<>();

  /**
   * Reads with a consumer of committed records, which the caller closes.
   *
   * @param counts is told of every id that has changed
   */
  public Intaking(
      Consumer<byte[], byte[]> consumer,
      SampleStore store,
      WriterSchemas schemas,
      LabelledCounts counts,
      IntakeMetrics metrics,
      Clock clock) {
    this.consumer = consumer;
    this.store = store;
    this.clock = clock;
    this.samples = new AvroDecoder<>(RetrainingSample.class, schemas);
    this.labels = new AvroDecoder<>(Label.class, schemas);
    this.counts = counts;
    this.metrics = metrics;
  }

  /** Goes to where the store is in each partition. */
  public void begin() throws IOException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : TOPICS) {
      for (PartitionInfo info : consumer.partitionsFor(topic.name())) {
        partitions.add(new TopicPartition(info.topic(), info.partition()));
      }
    }
    consumer.assign(partitions);
    for (TopicPartition partition : partitions) {
      Optional<Long> position = store.position(partition);
      if (position.isPresent()) {
        consumer.seek(partition, position.get());
        inputs.put(partition.toString(), position.get());
      } else {
        consumer.seekToBeginning(List.of(partition));
        inputs.put(partition.toString(), 0L);
      }
    }
  }

  /** Takes what is there, waiting so long for something; returns whether there was anything. */
  public boolean poll(Duration wait) throws IOException {
    resume();
    ConsumerRecords<byte[], byte[]> records = polled(wait);
    SampleStore.Intake intake = new SampleStore.Intake();
    Set<UUID> touched = new HashSet<>();
    for (TopicPartition partition : records.partitions()) {
      take(partition, records.records(partition), intake, touched);
    }
    if (intake.isEmpty()) {
      return false;
    }
    counts.change(touched, () -> store.add(intake));
    return true;
  }

  /** How far each partition was read: the offset after the last record that was taken. */
  public SortedMap<String, Long> inputs() {
    return new TreeMap<>(inputs);
  }

  private ConsumerRecords<byte[], byte[]> polled(Duration wait) {
    try {
      return consumer.poll(wait);
    } catch (OffsetOutOfRangeException e) {
      // Retention was faster than the reader: what is gone is gone, and must be heard of.
      metrics.gap();
      log.error("Records were deleted before they were read; going on at the beginning", e);
      consumer.seekToBeginning(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void take(
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records,
      SampleStore.Intake intake,
      Set<UUID> touched) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Outcome outcome =
          partition.topic().equals(Topics.LABELS.name())
              ? takeLabel(record, intake)
              : takeSample(record, intake);
      if (outcome instanceof Wait wait) {
        park(partition, record.offset(), wait.why());
        return;
      }
      if (outcome instanceof Taken taken) {
        touched.add(taken.id());
      }
      intake.position(partition, record.offset() + 1);
      inputs.put(partition.toString(), record.offset() + 1);
    }
  }

  private sealed interface Outcome {}

  private record Taken(UUID id) implements Outcome {}

  private record Passed() implements Outcome {}

  private record Wait(String why) implements Outcome {}

  private Outcome takeSample(ConsumerRecord<byte[], byte[]> record, SampleStore.Intake intake) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return pass(record, "it has no value");
    }
    Decoded<RetrainingSample> decoded = samples.decode(value);
    if (decoded instanceof Decoded.Value<RetrainingSample> sample) {
      UUID id = sample.value().getSampleId();
      intake.sample(id, value);
      metrics.sample();
      return new Taken(id);
    }
    return notTaken(record, decoded);
  }

  private Outcome takeLabel(ConsumerRecord<byte[], byte[]> record, SampleStore.Intake intake) {
    byte @Nullable [] value = record.value();
    if (value == null) {
      return deleteLabel(record, intake);
    }
    Decoded<Label> decoded = labels.decode(value);
    if (decoded instanceof Decoded.Value<Label> label) {
      UUID id = label.value().getSampleId();
      intake.label(id, value);
      metrics.label();
      return new Taken(id);
    }
    return notTaken(record, decoded);
  }

  private Outcome deleteLabel(ConsumerRecord<byte[], byte[]> record, SampleStore.Intake intake) {
    byte @Nullable [] key = record.key();
    if (key == null) {
      return pass(record, "it has neither key nor value");
    }
    try {
      UUID id = UUID.fromString(new String(key, StandardCharsets.UTF_8));
      intake.label(id, null);
      return new Taken(id);
    } catch (IllegalArgumentException e) {
      return pass(record, "its key is no sample id");
    }
  }

  private Outcome notTaken(ConsumerRecord<byte[], byte[]> record, Decoded<?> decoded) {
    if (decoded instanceof Decoded.NotYetKnown<?> unknown) {
      return new Wait(unknown.detail());
    }
    return pass(record, ((Decoded.Malformed<?>) decoded).detail());
  }

  private Outcome pass(ConsumerRecord<byte[], byte[]> record, String why) {
    metrics.unreadable();
    log.warn(
        "Offset {} of {}-{} is passed over: {}",
        record.offset(),
        record.topic(),
        record.partition(),
        why);
    return new Passed();
  }

  private void park(TopicPartition partition, long offset, String why) {
    log.warn("{} waits at offset {}: {}", partition, offset, why);
    consumer.seek(partition, offset);
    consumer.pause(List.of(partition));
    waiting.put(partition, clock.instant().plus(ASK_AGAIN));
  }

  private void resume() {
    Instant now = clock.instant();
    Set<TopicPartition> again = new HashSet<>();
    waiting.forEach(
        (partition, until) -> {
          if (!until.isAfter(now)) {
            again.add(partition);
          }
        });
    again.forEach(waiting::remove);
    consumer.resume(again);
  }
}
