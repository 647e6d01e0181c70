package dev.skerry.aggregator.ledger;

import dev.skerry.aggregator.seal.SealedWriter;
import dev.skerry.aggregator.seal.Seals;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The ledgers of a site and of the cloud, and a link between them that the test plays. */
final class TestLink implements AutoCloseable {

  static final String SITE = "site-a";
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  final AtomicBoolean edgeFullyRead = new AtomicBoolean(true);
  final SimpleMeterRegistry edgeMetrics = new SimpleMeterRegistry();
  final SimpleMeterRegistry cloudMetrics = new SimpleMeterRegistry();
  private final TopologyTestDriver edge;
  private final TopologyTestDriver cloud;
  private final TestOutputTopic<byte[], byte[]> ledger;
  private final TestOutputTopic<CompletenessKey, Completeness> completeness;
  private final Map<CompletenessKey, Completeness> latest = new HashMap<>();
  private final List<TestRecord<byte[], byte[]>> heldPages = new ArrayList<>();
  private final Optional<SealedWriter> writer;
  private boolean cut;
  private Instant wallClock = NOON;

  TestLink(Path stateDir) {
    this(stateDir, Seals.none(WriterSchemas.catalogue()), Optional.empty());
  }

  /**
   * One whose cloud tells forged records.
   *
   * @param writer with what the site writes; empty where it seals nothing
   */
  TestLink(Path stateDir, Seals seals, Optional<SealedWriter> writer) {
    this.writer = writer;
    Seals none = Seals.none(WriterSchemas.catalogue());
    edge = driver(Side.EDGE, stateDir.resolve("edge"), none, edgeFullyRead, edgeMetrics);
    cloud =
        driver(Side.CLOUD, stateDir.resolve("cloud"), seals, new AtomicBoolean(true), cloudMetrics);
    ledger =
        edge.createOutputTopic(
            Topics.LEDGER.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    completeness =
        cloud.createOutputTopic(
            Topics.COMPLETENESS.name(),
            new SkerryAvroDeserializer<>(CompletenessKey.class),
            new SkerryAvroDeserializer<>(Completeness.class));
  }

  private static TopologyTestDriver driver(
      Side side, Path stateDir, Seals seals, AtomicBoolean fullyRead, SimpleMeterRegistry metrics) {
    LedgerRules rules =
        new LedgerRules(
            side,
            SITE,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofHours(24));
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    return new TopologyTestDriver(
        LedgerTopology.of(rules, WriterSchemas.catalogue(), seals, fullyRead::get, metrics),
        properties,
        NOON);
  }

  Instant now() {
    return wallClock;
  }

  /** The site appends a record now. */
  TestRecord<byte[], byte[]> write(Topic topic, byte[] value) {
    return writeAt(topic, value, wallClock);
  }

  /** The site reads a record now that was appended at another time. */
  TestRecord<byte[], byte[]> writeAt(Topic topic, byte[] value, Instant appended) {
    TestRecord<byte[], byte[]> record = new TestRecord<>(new byte[] {7}, value, appended);
    pipe(edge, topic, record);
    return sealed(topic, record);
  }

  /** As the site's producers do. */
  private TestRecord<byte[], byte[]> sealed(Topic topic, TestRecord<byte[], byte[]> record) {
    writer.ifPresent(
        site -> site.headers(topic, record.key(), record.value()).forEach(record.headers()::add));
    return record;
  }

  /** A record of the site's arrives in the cloud. */
  void arrive(Topic topic, TestRecord<byte[], byte[]> record) {
    pipe(cloud, topic, record);
  }

  /** As the mirror should do it. */
  void writeAndMirror(Topic topic, byte[] value) {
    arrive(topic, write(topic, value));
  }

  /** Pages of the site wait at the site from now on, or all go over. */
  void cut(boolean isCut) {
    cut = isCut;
  }

  /** Lets time pass on both sides, a second at a time; pages go over as they come. */
  void pass(Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      edge.advanceWallClockTime(Duration.ofSeconds(1));
      cloud.advanceWallClockTime(Duration.ofSeconds(1));
      wallClock = wallClock.plusSeconds(1);
      ledger.readRecordsToList().forEach(page -> heldPages.add(sealed(Topics.LEDGER, page)));
      if (!cut) {
        heldPages.forEach(page -> pipe(cloud, Topics.LEDGER, page));
        heldPages.clear();
      }
    }
  }

  /** The latest verdicts of a topic of the site, by the start of the window. */
  SortedMap<Instant, Completeness> verdicts(Topic topic) {
    return verdicts(SITE, topic);
  }

  SortedMap<Instant, Completeness> verdicts(String site, Topic topic) {
    completeness.readKeyValuesToList().forEach(judged -> latest.put(judged.key, judged.value));
    SortedMap<Instant, Completeness> verdicts = new TreeMap<>();
    latest.forEach(
        (key, judged) -> {
          if (key.getTopic().equals(topic.name()) && key.getSiteId().equals(site)) {
            verdicts.put(key.getWindowStart(), judged);
          }
        });
    return verdicts;
  }

  /** The latest verdict of one window; UNKNOWN where there is none. */
  CompletenessVerdict verdict(Topic topic, Instant windowStart) {
    Completeness judged = verdicts(topic).get(windowStart);
    return judged == null ? CompletenessVerdict.UNKNOWN : judged.getVerdict();
  }

  /** What the site's ledger gave, while the link is cut. */
  List<LedgerEntry> heldPages() {
    SkerryAvroDeserializer<LedgerEntry> entry = new SkerryAvroDeserializer<>(LedgerEntry.class);
    SkerryAvroDeserializer<LedgerKey> key = new SkerryAvroDeserializer<>(LedgerKey.class);
    return heldPages.stream()
        .peek(page -> key.deserialize("ledger", page.key()))
        .map(page -> entry.deserialize("ledger", page.value()))
        .toList();
  }

  private static void pipe(
      TopologyTestDriver driver, Topic topic, TestRecord<byte[], byte[]> record) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(record);
  }

  @Override
  public void close() {
    edge.close();
    cloud.close();
  }
}
