package dev.skerry.aggregator.ledger;

import static dev.skerry.aggregator.ledger.TestLink.NOON;
import static dev.skerry.aggregator.ledger.TestLink.SITE;
import static dev.skerry.schemas.CompletenessVerdict.COMPLETE;
import static dev.skerry.schemas.CompletenessVerdict.DIFFERS;
import static dev.skerry.schemas.CompletenessVerdict.DOUBLED;
import static dev.skerry.schemas.CompletenessVerdict.MISSING;
import static dev.skerry.schemas.CompletenessVerdict.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.aggregator.seal.SealedWriter;
import dev.skerry.aggregator.seal.Seals;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTopologyTest {

  private static final Topic TOPIC = Topics.DRIFT;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final AvroEncoder<DriftReport> encoder = new AvroEncoder<>(DriftReport.class);
  private TestLink link;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    link = new TestLink(stateDir);
    link.pass(Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    link.close();
  }

  @Test
  void shouldFindCompleteWhatArrivedWhole() {
    for (int record = 0; record < 5; record++) {
      link.writeAndMirror(TOPIC, report(SITE, record));
      link.pass(Duration.ofSeconds(20));
    }
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdicts(TOPIC).values())
        .extracting("windowStart", "verdict", "edgeCount", "cloudCount")
        .containsSubsequence(
            tuple(NOON, COMPLETE, 2L, 2L),
            tuple(NOON.plus(MINUTE), COMPLETE, 3L, 3L),
            tuple(NOON.plus(MINUTE.multipliedBy(2)), COMPLETE, 0L, 0L));
  }

  @Test
  void shouldNameADroppedRecordInItsWindow() {
    link.writeAndMirror(TOPIC, report(SITE, 1));
    link.write(TOPIC, report(SITE, 2));
    link.pass(MINUTE);
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(PENDING);

    for (int minute = 0; minute < 4; minute++) {
      link.writeAndMirror(TOPIC, report(SITE, 3 + minute));
      link.pass(MINUTE);
    }
    assertThat(link.verdicts(TOPIC).get(NOON))
        .extracting("verdict", "difference", "edgeCount", "cloudCount")
        .containsExactly(MISSING, 1L, 2L, 1L);
    assertThat(link.verdict(TOPIC, NOON.plus(MINUTE))).isEqualTo(COMPLETE);
    assertThat(link.cloudMetrics.get("skerry.ledger.missing.records").gauge().value()).isEqualTo(1);
  }

  @Test
  void shouldNameADroppedRecordOfATopicThatIsSilentAfterwards() {
    link.write(TOPIC, report(SITE, 1));
    link.pass(MINUTE.multipliedBy(2));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(PENDING);
    link.pass(MINUTE.multipliedBy(2));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(MISSING);
  }

  @Test
  void shouldNameADoubledRecordInItsWindow() {
    link.writeAndMirror(TOPIC, report(SITE, 1));
    link.pass(MINUTE);
    TestRecord<byte[], byte[]> doubled = link.write(TOPIC, report(SITE, 2));
    link.arrive(TOPIC, doubled);
    link.arrive(TOPIC, doubled);
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(COMPLETE);
    assertThat(link.verdicts(TOPIC).get(NOON.plus(MINUTE)))
        .extracting("verdict", "difference")
        .containsExactly(DOUBLED, 1L);
    assertThat(link.cloudMetrics.get("skerry.ledger.doubled.records").gauge().value()).isEqualTo(1);
  }

  @Test
  void shouldNameADoubleThatComesLongAfterTheWindowWasComplete() {
    TestRecord<byte[], byte[]> record = link.write(TOPIC, report(SITE, 1));
    link.arrive(TOPIC, record);
    link.pass(MINUTE.multipliedBy(10));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(COMPLETE);

    link.arrive(TOPIC, record);
    link.pass(MINUTE);
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(DOUBLED);
  }

  @Test
  void shouldNotLetALossAndADoubleInOneWindowCancel() {
    link.write(TOPIC, report(SITE, 1));
    TestRecord<byte[], byte[]> doubled = link.write(TOPIC, report(SITE, 2));
    link.arrive(TOPIC, doubled);
    link.arrive(TOPIC, doubled);
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(DIFFERS);
  }

  @Test
  void shouldNoticeOneChangedByte() {
    byte[] value = report(SITE, 1);
    TestRecord<byte[], byte[]> record = link.write(TOPIC, value);
    byte[] changed = value.clone();
    changed[changed.length - 1] ^= 1;
    link.arrive(TOPIC, new TestRecord<>(record.key(), changed, record.getRecordTime()));
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(DIFFERS);
  }

  @Test
  void shouldWaitThroughACutAndBeCompleteAfterIt() {
    link.writeAndMirror(TOPIC, report(SITE, 1));
    TestRecord<byte[], byte[]> late = link.write(TOPIC, report(SITE, 2));
    link.pass(MINUTE); // The page is over; the second record is not.
    link.cut(true);
    TestRecord<byte[], byte[]> during = link.write(TOPIC, report(SITE, 3));
    link.pass(MINUTE.multipliedBy(30));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(PENDING);

    link.cut(false);
    link.pass(Duration.ofSeconds(30));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(PENDING);
    link.arrive(TOPIC, late);
    link.arrive(TOPIC, during);
    link.pass(MINUTE);
    assertThat(link.verdicts(TOPIC).values()).extracting("verdict").containsOnly(COMPLETE);
    assertThat(link.verdicts(TOPIC)).hasSizeGreaterThan(30);
  }

  @Test
  void shouldBeCompleteWhenWhatWasMissingComesAfterAll() {
    TestRecord<byte[], byte[]> late = link.write(TOPIC, report(SITE, 1));
    link.pass(MINUTE.multipliedBy(5));
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(MISSING);

    link.arrive(TOPIC, late);
    link.pass(MINUTE);
    assertThat(link.verdict(TOPIC, NOON)).isEqualTo(COMPLETE);
    assertThat(link.cloudMetrics.get("skerry.ledger.missing.records").gauge().value()).isZero();
  }

  @Test
  void shouldGiveAPageForEveryMinuteOfEveryTopic() {
    link.cut(true);
    link.pass(MINUTE.multipliedBy(3));
    for (Topic topic : Topics.ledgered()) {
      assertThat(link.heldPages())
          .filteredOn(page -> page.getTopic().equals(topic.name()))
          .extracting("windowStart", "count", "revision", "closed")
          .startsWith(
              tuple(NOON, 0L, 1, true),
              tuple(NOON.plus(MINUTE), 0L, 1, true),
              tuple(NOON.plus(MINUTE.multipliedBy(2)), 0L, 1, true));
    }
  }

  @Test
  void shouldReplaceAPageByOneWithAHigherRevision() {
    link.cut(true);
    Instant before = link.now();
    link.pass(MINUTE.multipliedBy(2)); // Closed by the wall clock, although a record waits.
    link.writeAt(TOPIC, report(SITE, 1), before);
    link.pass(Duration.ofSeconds(10));

    List<LedgerEntry> pages =
        link.heldPages().stream()
            .filter(page -> page.getTopic().equals(TOPIC.name()))
            .filter(page -> page.getWindowStart().equals(NOON))
            .toList();
    assertThat(pages)
        .extracting("revision", "count", "closed")
        .containsExactly(tuple(1, 0L, true), tuple(2, 1L, true));
    assertThat(link.edgeMetrics.get("skerry.ledger.corrections").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldNotAttestRecordsOfAnotherSiteAndNameThemInTheCloud() {
    link.writeAndMirror(TOPIC, report("site-b", 1));
    link.writeAndMirror(TOPIC, new byte[] {1, 2, 3});
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdicts("site-b", TOPIC).values())
        .extracting("siteId", "verdict", "edgeCount", "cloudCount")
        .containsExactly(tuple("site-b", PENDING, null, 1L));
    assertThat(link.edgeMetrics.get("skerry.ledger.foreign.records").counter().count())
        .isEqualTo(1);
    assertThat(link.edgeMetrics.get("skerry.ledger.unknown.site.records").counter().count())
        .isEqualTo(1);
    assertThat(link.cloudMetrics.get("skerry.ledger.unknown.site.records").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldTakeALedgerThatIsNoneAsNoPage() {
    link.arrive(Topics.LEDGER, new TestRecord<>(new byte[] {1}, new byte[] {2}, NOON));
    link.pass(MINUTE);
    assertThat(link.cloudMetrics.get("skerry.ledger.unreadable.entries").counter().count())
        .isEqualTo(1);
  }

  @Test
  void shouldKeepForgedRecordsAndPagesOutOfTheVerdicts(@TempDir Path dir) {
    WriterSchemas schemas = WriterSchemas.catalogue();
    FleetKey fleet = FleetKey.generate(1);
    SealedWriter forger = new SealedWriter(fleet, "site-b", dir);
    link.close();
    link =
        new TestLink(
            dir.resolve("state"),
            new Seals(List.of(fleet), Set.of(), schemas),
            Optional.of(new SealedWriter(fleet, SITE, dir)));
    link.pass(Duration.ofSeconds(20));
    link.writeAndMirror(TOPIC, report(SITE, 1));
    link.writeAndMirror(TOPIC, report(SITE, 2));

    // The other site as this one: a record too many, and a page that says that nothing is missing.
    forge(forger, TOPIC, new byte[] {7}, report(SITE, 3));
    link.arrive(TOPIC, new TestRecord<>(new byte[] {7}, report(SITE, 4), link.now()));
    LedgerKey key = new LedgerKey(LinkSide.EDGE, SITE, TOPIC.name(), NOON);
    LedgerEntry page =
        new LedgerEntry(
            LinkSide.EDGE,
            SITE,
            TOPIC.name(),
            NOON,
            NOON.plus(MINUTE),
            9,
            9L,
            9L,
            9L,
            "xxh64/1",
            true,
            NOON);
    forge(
        forger,
        Topics.LEDGER,
        new AvroEncoder<>(LedgerKey.class).encode(key),
        new AvroEncoder<>(LedgerEntry.class).encode(page));
    link.pass(MINUTE.multipliedBy(2));

    assertThat(link.verdicts(TOPIC).get(NOON))
        .extracting("verdict", "edgeCount", "cloudCount")
        .containsExactly(COMPLETE, 2L, 2L);
    assertThat(forged(TOPIC, "WRONG_SEAL")).isEqualTo(1);
    assertThat(forged(TOPIC, "UNSEALED")).isEqualTo(1);
    assertThat(forged(Topics.LEDGER, "WRONG_SEAL")).isEqualTo(1);
  }

  private double forged(Topic topic, String reason) {
    return link.cloudMetrics
        .get("skerry.forged.records")
        .tags("topic", topic.name(), "reason", reason)
        .counter()
        .count();
  }

  private void forge(SealedWriter forger, Topic topic, byte[] key, byte[] value) {
    link.arrive(topic, new TestRecord<>(key, value, forger.headers(topic, key, value), link.now()));
  }

  private byte[] report(String site, int number) {
    return encoder.encode(
        DriftReport.newBuilder()
            .setSiteId(site)
            .setStream("vibration")
            .setModel("model")
            .setModelVersion("1.0.0")
            .setWindowStart(NOON)
            .setWindowEnd(NOON.plus(MINUTE))
            .setSubject(DriftSubject.SCORES)
            .setName("score")
            .setCount(number)
            .setEdges(List.of(0.5))
            .setReferenceShares(List.of(0.5, 0.5))
            .setObservedShares(List.of(0.5, 0.5))
            .setPopulationStabilityIndex(0.1)
            .setThreshold(0.2)
            .setDriftedWindows(0)
            .setDrifting(false)
            .build());
  }
}
