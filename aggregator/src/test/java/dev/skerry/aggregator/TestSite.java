package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** The aggregator's topology with a wall clock in the test's hands. */
final class TestSite implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  final AtomicBoolean fullyRead = new AtomicBoolean(true);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final OpenWindows<DetectionSum> openWindows = new OpenWindows<>();
  private final TestTopology topology;
  private final AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);

  TestSite(Path stateDir, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    settings.put("aggregator.site-id", SomeDetections.SITE);
    settings.put("aggregator.state-dir", stateDir.toString());
    settings.put("aggregator.windows", "PT10S");
    settings.putAll(overrides);
    AggregatorConfig config =
        Settings.of(settings, AggregatorConfig.class).get(AggregatorConfig.class);
    topology =
        new TestTopology(
            AggregatorTopology.of(
                config, WriterSchemas.catalogue(), fullyRead::get, openWindows, metrics),
            stateDir,
            NOW);
  }

  /** Appends a detection, now. */
  void detect(Detection detection) {
    pipe(detection.getDeviceId(), encoder.encode(detection));
  }

  /** Appends any bytes, now. */
  void pipe(String key, byte[] value) {
    topology.append(Topics.DETECTIONS, key.getBytes(UTF_8), value);
  }

  /** Appends a dead letter around a record, now. */
  void giveUp(DeadLetterReason reason, byte[] original) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSiteId(SomeDetections.SITE)
            .setStage("inference")
            .setReason(reason)
            .setDetail("A test gives it up.")
            .setFailedAt(now())
            .setSource(new SourceRef("telemetry", 0, 7L, now()))
            .setOriginalValue(ByteBuffer.wrap(original))
            .setOriginalHeaders(List.of())
            .build();
    topology.append(
        Topics.DEAD_LETTERS, new byte[] {1}, new AvroEncoder<>(DeadLetter.class).encode(letter));
  }

  /** How many sums a store of open windows holds as bytes. */
  @SuppressWarnings("unchecked") // A store of sums is around one of bytes.
  long stored(String store) {
    KeyValueStore<Bytes, byte[]> bytes =
        (KeyValueStore<Bytes, byte[]>)
            ((WrappedStateStore<?, ?, ?>) topology.store(store)).wrapped();
    try (KeyValueIterator<Bytes, byte[]> all = bytes.all()) {
      long count = 0;
      for (; all.hasNext(); all.next()) {
        count++;
      }
      return count;
    }
  }

  /** Lets time pass by the wall clock, half a second at a time. */
  void pass(Duration duration) {
    topology.pass(duration);
  }

  /** Lets the stream thread do what it does by wall clock, and hardly any time pass. */
  void tick() {
    topology.advance(Duration.ofMillis(200));
  }

  Instant now() {
    return topology.now();
  }

  /** What was given out since the last call. */
  List<Aggregate> aggregates() {
    return topology.given(Topics.AGGREGATES, AggregateKey.class, Aggregate.class).stream()
        .map(TestSite::checked)
        .toList();
  }

  List<DeadLetter> deadLetters() {
    return topology.given(Topics.DEAD_LETTERS, DeadLetter.class);
  }

  private static Aggregate checked(KeyValue<AggregateKey, Aggregate> record) {
    if (!record.key.getWindowStart().equals(record.value.getWindowStart())
        || !record.key.getLabel().equals(record.value.getLabel())) {
      throw new AssertionError("key and value differ: " + record);
    }
    return record.value;
  }

  @Override
  public void close() {
    topology.close();
  }
}
