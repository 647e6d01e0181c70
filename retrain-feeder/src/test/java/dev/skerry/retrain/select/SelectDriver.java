package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.retrain.SomeDrift;
import dev.skerry.retrain.SomeSamples;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The selection without a broker: candidates in, samples out, with a clock of its own. */
final class SelectDriver implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** Budgets that no test meets by accident. */
  private static final Map<String, String> ROOMY =
      Map.of(
          "select.per-minute.records", "100000",
          "select.device-share", "1",
          "select.class-share", "1",
          "select.lot-share", "0",
          "select.near-duplicates.within", "PT0S");

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Topology topology;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> candidates;
  private final TestOutputTopic<byte[], byte[]> samples;
  private final SkerryAvroDeserializer<RetrainingSample> decoder =
      new SkerryAvroDeserializer<>(RetrainingSample.class);
  private long sequence;

  SelectDriver(Path stateDir, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>(ROOMY);
    settings.putAll(overrides);
    settings.put("select.site-id", "plant-1");
    settings.put("select.state-dir", stateDir.toString());
    SelectConfig config =
        Settings.of(withBroker(settings), SelectConfig.class).get(SelectConfig.class);
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    topology =
        SelectTopology.of(
            config, WriterSchemas.catalogue(), new SelectionView(config.rules().limits()), metrics);
    driver = new TopologyTestDriver(topology, properties, NOON);
    candidates =
        driver.createInputTopic(
            Topics.RETRAINING_CANDIDATES.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    samples =
        driver.createOutputTopic(
            Topics.RETRAINING_SAMPLES.name(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  private static Map<String, String> withBroker(Map<String, String> settings) {
    settings.putIfAbsent("kafka.bootstrap.servers", "127.0.0.1:1");
    return settings;
  }

  void pipe(byte @Nullable [] key, byte[] value, Headers headers, Instant at) {
    candidates.pipeInput(new TestRecord<>(key, value, headers, at));
  }

  /** One more candidate of its device. */
  void pipe(SomeSamples candidate, Instant at) {
    pipe(candidate.device().getBytes(UTF_8), candidate.bytes(sequence++), new RecordHeaders(), at);
  }

  /** So many, of so many devices in turn. */
  void pipe(String site, int devices, int count, Instant at) {
    for (int i = 0; i < count; i++) {
      pipe(SomeSamples.of(site, "pump-" + i % devices).noise(sequence), at);
    }
  }

  void report(String site, String stream, boolean drifting, Instant at) {
    driver
        .createInputTopic(Topics.DRIFT.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new byte[] {1}, SomeDrift.report(site, stream, drifting), at);
  }

  /** Lets so much time pass without a candidate that every round ends. */
  void silence() {
    driver.advanceWallClockTime(Duration.ofMinutes(2));
  }

  /** What was selected of all that came until now, rounds ended. */
  List<TestRecord<byte[], byte[]>> selectedRecords() {
    silence();
    return samples.readRecordsToList();
  }

  List<RetrainingSample> selected() {
    return selectedRecords().stream()
        .map(sample -> decoder.deserialize(Topics.RETRAINING_SAMPLES.name(), sample.value()))
        .toList();
  }

  int count() {
    return selectedRecords().size();
  }

  List<DeadLetter> deadLetters() {
    return driver
        .createOutputTopic(
            Topics.DEAD_LETTERS.name(),
            new ByteArrayDeserializer(),
            new SkerryAvroDeserializer<>(DeadLetter.class))
        .readValuesToList();
  }

  double refused(String reason) {
    return metrics.get("skerry.select.refused").tag("reason", reason).counter().count();
  }

  Topology topology() {
    return topology;
  }

  TopologyTestDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    driver.close();
  }
}
