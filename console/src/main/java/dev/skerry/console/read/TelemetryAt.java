package dev.skerry.console.read;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks up single telemetry records by their place, as detections name it. One look at a time;
 * thread-safe.
 */
public final class TelemetryAt implements AutoCloseable {

  private static final Set<String> TOPICS =
      Set.of(Topics.TELEMETRY.name(), Topics.TELEMETRY_FRAMES.name());
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int TRIES = 10;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDecoder<Telemetry> decoder;

  public TelemetryAt(Clusters edge, WriterSchemas schemas) {
    this.consumer = edge.newConsumer();
    this.decoder = new AvroDecoder<>(Telemetry.class, schemas);
  }

  /** The record at a place; empty where retention took it, it is none, or it cannot be read. */
  public synchronized Optional<Telemetry> find(String topic, int partition, long offset) {
    if (!TOPICS.contains(topic) || partition < 0 || offset < 0) {
      return Optional.empty();
    }
    TopicPartition place = new TopicPartition(topic, partition);
    consumer.assign(List.of(place));
    consumer.seek(place, offset);
    for (int tried = 0; tried < TRIES; tried++) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(place)) {
        return record.offset() == offset
                && decoder.decode(record.value()) instanceof Decoded.Value<Telemetry> found
            ? Optional.of(found.value())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    consumer.close();
  }
}
