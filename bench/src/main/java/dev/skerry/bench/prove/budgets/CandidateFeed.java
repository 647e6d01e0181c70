package dev.skerry.bench.prove.budgets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.SampleId;
import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Seeded candidates that flow evenly until they are told to end, in a time that passes sixty times
 * as fast: 40 devices and 5 classes, some loud; one in twenty looks like the one before it, one in
 * fifty is a frame. One thread writes; any may ask or end it.
 */
final class CandidateFeed implements AutoCloseable {

  static final String SITE = "site-1";

  private static final int TIMES_AS_FAST = 60;
  private static final int PER_SECOND = 1_000;
  private static final int BURST_MILLIS = 20;
  private static final int DEVICES = 40;
  private static final int CLASSES = 5;
  private static final int LEAST_STEPS = 8;
  private static final int MOST_STEPS = 64;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEncoder<RetrainingSample> encoder = new AvroEncoder<>(RetrainingSample.class);
  private final SplittableRandom random;
  private final long firstMillis;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final CompletableFuture<Long> end = new CompletableFuture<>();
  private volatile boolean ending;
  private volatile long written;
  private List<Float> lastValues = List.of();

  private CandidateFeed(String bootstrapServers, long seed, Instant first) {
    this.random = new SplittableRandom(seed);
    this.firstMillis = first.toEpochMilli();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 65_536),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Begins to write, as if it were that time. */
  static CandidateFeed start(String bootstrapServers, long seed, Instant first) {
    CandidateFeed feed = new CandidateFeed(bootstrapServers, seed, first);
    new Thread(feed::flow, "candidates").start();
    return feed;
  }

  private void flow() {
    try {
      long startNanos = System.nanoTime();
      while (!ending) {
        long elapsedMillis = (System.nanoTime() - startNanos) / 1_000_000;
        long due = elapsedMillis * PER_SECOND / 1_000;
        for (long next = written; next < due; next++) {
          send(next, firstMillis + next * 1_000 / PER_SECOND * TIMES_AS_FAST);
          written = next + 1;
        }
        TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
      }
      producer.flush();
      Exception first = failure.get();
      if (first != null) {
        throw new KafkaException("Candidates could not be written", first);
      }
      end.complete(written);
    } catch (RuntimeException | InterruptedException e) {
      end.completeExceptionally(e);
    }
  }

  /** How many were written so far. */
  long written() {
    return written;
  }

  /** Lets no more flow, and returns how many there were; all are acknowledged. */
  long end() {
    ending = true;
    return end.join();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  private void send(long number, long timeMillis) {
    RetrainingSample candidate = candidate(number, timeMillis);
    producer.send(
        new ProducerRecord<>(
            Topics.RETRAINING_CANDIDATES.name(),
            null,
            timeMillis,
            candidate.getTelemetry().getDeviceId().getBytes(UTF_8),
            encoder.encode(candidate)),
        (metadata, e) -> failure.compareAndSet(null, e));
  }

  private RetrainingSample candidate(long number, long timeMillis) {
    boolean isFrame = random.nextInt(50) == 0;
    boolean isLoud = random.nextInt(3) == 0;
    String device = "machine-" + (isLoud ? 0 : random.nextInt(DEVICES));
    String label = "class-" + (isLoud ? 0 : random.nextInt(CLASSES));
    float uncertainty = (float) random.nextDouble();
    Instant at = Instant.ofEpochMilli(timeMillis);
    String stream = isFrame ? "surface" : "vibration";
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId(SITE)
            .setStream(stream)
            .setEventTime(at)
            .setSequence(number)
            .setAttributes(Map.of("label.fault", label))
            .setPayload(isFrame ? frame() : readings())
            .build();
    Detection detection =
        Detection.newBuilder()
            .setDeviceId(device)
            .setSiteId(SITE)
            .setStream(stream)
            .setEventTime(at)
            .setSequence(number)
            .setSource(new SourceRef(Topics.TELEMETRY.name(), 0, number, at))
            .setInferredAt(at)
            .setModel("machine-faults")
            .setModelVersion("1")
            .setLabel(label)
            .setConfidence(1 - uncertainty)
            .setScores(Map.of(label, 1 - uncertainty))
            .setRole(ModelRole.CHAMPION)
            .setBoxes(List.of())
            .build();
    return RetrainingSample.newBuilder()
        .setSampleId(SampleId.of(SITE, Topics.TELEMETRY.name(), 0, number, timeMillis))
        .setReasons(
            List.of(
                random.nextInt(10) == 0 ? SampleReason.RANDOM_AUDIT : SampleReason.LOW_CONFIDENCE))
        .setUncertainty(uncertainty)
        .setDetection(detection)
        .setTelemetry(telemetry)
        .build();
  }

  private Readings readings() {
    if (lastValues.isEmpty() || random.nextInt(20) > 0) {
      List<Float> values = new ArrayList<>();
      int steps = LEAST_STEPS + random.nextInt(MOST_STEPS - LEAST_STEPS + 1);
      for (int step = 0; step < steps; step++) {
        values.add((float) (random.nextDouble() - 0.5));
      }
      lastValues = values;
    }
    return Readings.newBuilder()
        .setChannels(1)
        .setSteps(lastValues.size())
        .setValues(lastValues)
        .build();
  }

  /** What is in it does not matter: it must not leave. */
  private static Frame frame() {
    return Frame.newBuilder()
        .setEncoding(FrameEncoding.JPEG)
        .setWidth(1)
        .setHeight(1)
        .setData(ByteBuffer.wrap(new byte[64]))
        .build();
  }

  @Override
  public void close() {
    ending = true;
    end.exceptionally(failed -> 0L).join();
    producer.close();
  }
}
