package dev.skerry.inference.testing;

import dev.skerry.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Forty devices that never rest: some 2,000 records a second, until they are stopped. */
public final class Feed implements AutoCloseable {

  private static final int BURST = 40;
  private static final int BURST_MILLIS = 20;

  private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random;
  private final AtomicLong acknowledged = new AtomicLong();
  private final ScheduledFuture<?> bursts;
  private long sequence;

  private Feed(KafkaProducer<byte[], byte[]> producer, long seed) {
    this.producer = producer;
    this.random = new Random(seed);
    this.bursts = clock.scheduleWithFixedDelay(this::burst, 0, BURST_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts to write windows of 2 x 8 floats of the stream {@code vibration}. */
  public static Feed start(Edge edge, long seed) {
    return new Feed(edge.producer(), seed);
  }

  private void burst() {
    List<Future<RecordMetadata>> sent = new ArrayList<>(BURST);
    for (int i = 0; i < BURST; i++) {
      String device = "device-" + i;
      byte[] value =
          Records.encode(Records.readings(device, "vibration", sequence++, 2, 8, random));
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.TELEMETRY.name(), device.getBytes(StandardCharsets.UTF_8), value)));
    }
    for (Future<RecordMetadata> each : sent) {
      try {
        each.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("the feed could not write", e);
      }
      acknowledged.incrementAndGet();
    }
  }

  /** Stops it; returns how many records were acknowledged, or throws why it could not write. */
  public long stop() throws Exception {
    clock.shutdown();
    bursts.cancel(false);
    if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the feed does not end");
    }
    if (!bursts.isCancelled()) {
      bursts.get();
    }
    return acknowledged.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    producer.close();
  }
}
