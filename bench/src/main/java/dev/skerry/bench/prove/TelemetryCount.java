package dev.skerry.bench.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What an independent reader finds in the topic of telemetry.
 *
 * @param records all of them
 * @param distinct by device and sequence
 * @param doubled beyond the first of their device and sequence
 * @param outOfOrder the first of their sequence, after a later one of their device
 */
record TelemetryCount(long records, long distinct, long doubled, long outOfOrder) {

  private static final Duration POLL = Duration.ofMillis(200);

  static TelemetryCount of(String bootstrapServers) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "isolation.level", "read_committed",
            "auto.offset.reset", "none");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.TELEMETRY.name()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Books books = new Books();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(books::add);
      }
      return books.balance();
    }
  }

  private static final class Books {
    private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
    private final Map<String, NavigableSet<Long>> sequences = new HashMap<>();
    private long records;
    private long doubled;
    private long outOfOrder;

    void add(ConsumerRecord<byte[], byte[]> record) {
      if (!(decoder.decode(record.value()) instanceof Decoded.Value<Telemetry> value)) {
        throw new IllegalStateException("A record of telemetry cannot be decoded");
      }
      records++;
      NavigableSet<Long> known =
          sequences.computeIfAbsent(new String(record.key(), UTF_8), key -> new TreeSet<>());
      long sequence = value.value().getSequence();
      boolean isLate = !known.isEmpty() && known.last() > sequence;
      if (!known.add(sequence)) {
        doubled++;
      } else if (isLate) {
        outOfOrder++;
      }
    }

    TelemetryCount balance() {
      return new TelemetryCount(records, records - doubled, doubled, outOfOrder);
    }
  }
}
