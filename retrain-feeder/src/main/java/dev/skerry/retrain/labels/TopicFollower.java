package dev.skerry.retrain.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index true: reads all labels, then the newest samples, then what comes. It keeps no
 * position anywhere and needs none: what counts is in the topics. Used by one thread.
 */
final class TopicFollower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDecoder<Label> labels;
  private final AvroDecoder<RetrainingSample> samples;
  private final SampleIndex index;
  private final int keepSamples;
  private final Listener listener;

  /** Is told of samples of which nothing is known. */
  @FunctionalInterface
  interface Listener {
    void unlabelled(RetrainingSample sample);
  }

  private TopicFollower(
      KafkaConsumer<byte[], byte[]> consumer,
      WriterSchemas schemas,
      SampleIndex index,
      int keepSamples,
      Listener listener) {
    this.consumer = consumer;
    this.labels = new AvroDecoder<>(Label.class, schemas);
    this.samples = new AvroDecoder<>(RetrainingSample.class, schemas);
    this.index = index;
    this.keepSamples = keepSamples;
    this.listener = listener;
  }

  static TopicFollower of(
      KafkaSettings kafka, SampleIndex index, int keepSamples, Listener listener) {
    Map<String, Object> settings =
        kafka.consumer(
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500),
            FixedSettings.ofConsumer("earliest"));
    return new TopicFollower(
        new KafkaConsumer<>(settings), kafka.writerSchemas(), index, keepSamples, listener);
  }

  /** Reads what is there: all labels, and the newest samples. */
  void readWhatIsThere(BooleanSupplier stopping) {
    List<TopicPartition> ofLabels = partitions(Topics.LABELS);
    consumer.assign(ofLabels);
    consumer.seekToBeginning(ofLabels);
    readTo(consumer.endOffsets(ofLabels), stopping);

    List<TopicPartition> ofSamples = partitions(Topics.RETRAINING_SAMPLES);
    List<TopicPartition> all = new ArrayList<>(ofLabels);
    all.addAll(ofSamples);
    consumer.assign(all);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(ofSamples);
    Map<TopicPartition, Long> ends = consumer.endOffsets(ofSamples);
    ends.forEach(
        (partition, end) ->
            consumer.seek(
                partition, Math.max(begins.getOrDefault(partition, 0L), end - keepSamples)));
    readTo(ends, stopping);
  }

  private void readTo(Map<TopicPartition, Long> ends, BooleanSupplier stopping) {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    while (!left.isEmpty() && !stopping.getAsBoolean()) {
      left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
      if (!left.isEmpty()) {
        readWhatComes();
      }
    }
  }

  /** Waits a moment for what comes, and reads it. */
  void readWhatComes() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.topic().equals(Topics.LABELS.name())) {
        readLabel(record);
      } else {
        readSample(record);
      }
    }
  }

  private void readLabel(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      removeLabel(record.key());
    } else if (labels.decode(record.value()) instanceof Decoded.Value<Label> label) {
      index.add(place(record), label.value());
    } else {
      log.warn(
          "The label at offset {} of partition {} cannot be read and is left out",
          record.offset(),
          record.partition());
    }
  }

  private static Place place(ConsumerRecord<byte[], byte[]> record) {
    return new Place(record.partition(), record.offset());
  }

  private void removeLabel(byte @Nullable [] key) {
    try {
      index.removeLabel(UUID.fromString(key == null ? "" : new String(key, UTF_8)));
    } catch (IllegalArgumentException e) {
      log.warn("The key of a deleted label is no sample's id: {}", e.getMessage());
    }
  }

  private void readSample(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null
        && samples.decode(record.value()) instanceof Decoded.Value<RetrainingSample> sample) {
      if (index.add(place(record), sample.value())) {
        listener.unlabelled(sample.value());
      }
    } else {
      log.warn(
          "The sample at offset {} of partition {} cannot be read and is left out",
          record.offset(),
          record.partition());
    }
  }

  private List<TopicPartition> partitions(Topic topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
