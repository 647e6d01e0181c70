package dev.skerry.ingest.intake;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The last records of the topics, by which an intake knows after a restart what it wrote. */
public final class TopicTail {

  private static final Duration POLL = Duration.ofMillis(200);

  /** A frame is hundreds of times larger than a window of readings. */
  private static final int READINGS_PER_FRAME = 100;

  private final KafkaSettings settings;
  private final int records;
  private final BooleanSupplier stopping;
  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);

  /**
   * A tail of so many records.
   *
   * @param stopping asked now and then whether to give up
   */
  public TopicTail(KafkaSettings settings, int records, BooleanSupplier stopping) {
    this.settings = settings;
    this.records = records;
    this.stopping = stopping;
  }

  /** Tells the intake what is there; returns how many records that were. */
  public long tell(TelemetryIntake intake) {
    try (Consumer<byte[], byte[]> consumer = newConsumer()) {
      return tell(consumer, Topics.TELEMETRY, records, intake)
          + tell(
              consumer, Topics.TELEMETRY_FRAMES, Math.max(1, records / READINGS_PER_FRAME), intake);
    }
  }

  private long tell(
      Consumer<byte[], byte[]> consumer, Topic topic, int last, TelemetryIntake intake) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(topic.name(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    long each = Math.max(1, last / Math.max(1, partitions.size()));
    starts.replaceAll(
        (partition, first) -> Math.max(first, ends.getOrDefault(partition, 0L) - each));
    starts.forEach(consumer::seek);
    long told = 0;
    while (!stopping.getAsBoolean() && isBehind(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        told += tell(topic, record, intake) ? 1 : 0;
      }
    }
    return told;
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** Other programs write to these topics too, and what they write may be anything. */
  private boolean tell(Topic topic, ConsumerRecord<byte[], byte[]> record, TelemetryIntake intake) {
    if (record.value() == null
        || !(decoder.decode(record.value()) instanceof Decoded.Value<Telemetry> value)) {
      return false;
    }
    boolean timedByGateway = record.headers().lastHeader(Prepared.EVENT_TIME_HEADER) != null;
    intake.remember(
        SequenceKey.of(topic, value.value()),
        timedByGateway ? Prepared.untimedHash(value.value()) : PayloadHash.of(record.value()));
    return true;
  }

  private Consumer<byte[], byte[]> newConsumer() {
    return new KafkaConsumer<>(
        settings.consumer(
            Map.of(ConsumerConfig.CLIENT_ID_CONFIG, "skerry-gateway-tail"),
            Map.of(
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
