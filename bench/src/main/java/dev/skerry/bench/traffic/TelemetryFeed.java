package dev.skerry.bench.traffic;

import dev.skerry.bench.workload.TelemetryPool;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records of a pool to a topic, as devices do. Not thread-safe. */
public final class TelemetryFeed implements AutoCloseable {

  private static final long PACE_NANOS = 500_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final TelemetryPool pool;
  private final String topic;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * A feed into a topic.
   *
   * @param lingerMillis how long the producer may wait for company for a record, 0 and up
   */
  public TelemetryFeed(
      String bootstrapServers, TelemetryPool pool, String topic, int lingerMillis) {
    this.pool = pool;
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                lingerMillis,
                "batch.size",
                128 << 10,
                "buffer.memory",
                64L << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes records as fast as the broker takes them and returns when it has them all. */
  public void write(long from, long toExclusive) {
    for (long index = from; index < toExclusive; index++) {
      send(index);
    }
    flush();
  }

  /**
   * Writes records evenly in time, whatever becomes of the earlier ones.
   *
   * @param startNanos when record {@code from} is due, by {@link System#nanoTime}
   */
  public void pace(long from, long toExclusive, long startNanos, double recordsPerSecond) {
    long next = from;
    while (next < toExclusive) {
      long now = System.nanoTime();
      long due = Math.min(toExclusive, from + (long) ((now - startNanos) / 1e9 * recordsPerSecond));
      while (next < due) {
        send(next++);
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
    flush();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  private void send(long index) {
    producer.send(
        new ProducerRecord<>(topic, pool.key(index), pool.value(index)),
        (metadata, e) -> failure.compareAndSet(null, e));
  }

  private void flush() {
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("Telemetry could not be written", first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
