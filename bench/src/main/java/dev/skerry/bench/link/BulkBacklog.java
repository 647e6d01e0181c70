package dev.skerry.bench.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.topic.Topic;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Records as large as frames, which no compression makes smaller, all at once. */
public final class BulkBacklog {

  /** About what a camera's frame takes. */
  public static final int RECORD_BYTES = 64 << 10;

  private BulkBacklog() {}

  /** Writes so many bytes, and returns how many records they are. */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  public static long write(String bootstrapServers, Topic topic, long bytes, long seed) {
    Random random = new Random(seed);
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long records = bytes / RECORD_BYTES;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "batch.size", 512 << 10, "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (long i = 0; i < records; i++) {
        byte[] value = new byte[RECORD_BYTES];
        random.nextBytes(value);
        producer.send(
            new ProducerRecord<>(topic.name(), ("camera-" + i % 97).getBytes(UTF_8), value),
            (metadata, e) -> failure.compareAndSet(null, e));
      }
      producer.flush();
    }
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("The backlog could not be written", first);
    }
    return records;
  }
}
