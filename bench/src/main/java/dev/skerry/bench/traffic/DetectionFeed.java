package dev.skerry.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes seeded detections of last year, as a replay does: some streams, two versions of a model,
 * 200 devices, out of order by up to 3 s, one in 5,000 ten minutes late. Confidences are eighths,
 * so that their sums are exact in any order. Not thread-safe.
 */
public final class DetectionFeed implements AutoCloseable {

  private static final Instant BEGIN = Instant.parse("2025-03-09T10:00:00Z");
  private static final int STREAMS = 2;
  private static final List<String> LABELS = List.of("normal", "unbalance", "bearing-outer");
  private static final int DEVICES = 200;
  private static final int JITTER_MILLIS = 3_000;
  private static final int ONE_LATE_IN = 5_000;
  private static final int LATE_MILLIS = 600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
  private final SplittableRandom random;
  private final int eventMicrosEach;
  private final int streams;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long written;

  /**
   * A feed into {@code detections}.
   *
   * @param eventMicrosEach by how much event time advances with each, microseconds
   */
  public DetectionFeed(String bootstrapServers, long seed, int eventMicrosEach) {
    this(bootstrapServers, seed, eventMicrosEach, STREAMS);
  }

  /**
   * A feed into {@code detections} of more streams or fewer, each with windows of its own.
   *
   * @param eventMicrosEach by how much event time advances with each, microseconds
   * @param streams how many, 1 and up
   */
  public DetectionFeed(String bootstrapServers, long seed, int eventMicrosEach, int streams) {
    this.random = new SplittableRandom(seed);
    this.eventMicrosEach = eventMicrosEach;
    this.streams = streams;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 128 << 10),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes so many as fast as the broker takes them and returns when it has them all. */
  public void write(long count) {
    for (long i = 0; i < count; i++) {
      send();
    }
    flush();
  }

  /** Writes evenly in time until it is told to end. */
  public void paceUntil(BooleanSupplier ending, double recordsPerSecond) {
    long startNanos = System.nanoTime();
    long before = written;
    while (!ending.getAsBoolean()) {
      long due = before + (long) ((System.nanoTime() - startNanos) / 1e9 * recordsPerSecond);
      while (written < due) {
        send();
      }
      LockSupport.parkNanos(1_000_000);
    }
    flush();
  }

  /** How many were written. */
  public long written() {
    return written;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  private void send() {
    Detection detection = next(written++);
    producer.send(
        new ProducerRecord<>(
            Topics.DETECTIONS.name(),
            detection.getDeviceId().getBytes(UTF_8),
            encoder.encode(detection)),
        (metadata, e) -> failure.compareAndSet(null, e));
  }

  private Detection next(long index) {
    long lateMillis = random.nextInt(ONE_LATE_IN) == 0 ? LATE_MILLIS : 0;
    long behindMillis = random.nextInt(JITTER_MILLIS) + lateMillis;
    Instant eventTime =
        BEGIN.plusMillis(Math.max(0, index * eventMicrosEach / 1_000 - behindMillis));
    Instant appendTime = eventTime.plusMillis(random.nextInt(50));
    String label = LABELS.get(random.nextInt(LABELS.size()));
    float confidence = (1 + random.nextInt(8)) / 8f;
    return Detection.newBuilder()
        .setDeviceId("machine-" + random.nextInt(DEVICES))
        .setSiteId("site-1")
        .setStream("stream-" + random.nextInt(streams))
        .setEventTime(eventTime)
        .setSequence(index)
        .setSource(new SourceRef(Topics.TELEMETRY.name(), 0, index, appendTime))
        .setInferredAt(appendTime.plusMillis(1 + random.nextInt(40)))
        .setModel("machine-faults")
        .setModelVersion(random.nextInt(10) == 0 ? "1.1.0" : "1.0.0")
        .setRole(ModelRole.CHAMPION)
        .setLabel(label)
        .setConfidence(confidence)
        .setLowConfidence(confidence < 0.6f)
        .setScores(Map.of(label, confidence))
        .setBoxes(List.of())
        .build();
  }

  private void flush() {
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new KafkaException("Detections could not be written", first);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
