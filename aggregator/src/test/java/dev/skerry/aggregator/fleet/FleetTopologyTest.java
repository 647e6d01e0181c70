package dev.skerry.aggregator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.aggregator.TestTopology;
import dev.skerry.aggregator.seal.SealedWriter;
import dev.skerry.aggregator.seal.Seals;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTopologyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant HOUR = Instant.parse("2026-03-01T09:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final WriterSchemas SCHEMAS = WriterSchemas.catalogue();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  @TempDir private Path stateDir;
  private TestTopology topology;

  @BeforeEach
  void start() {
    topology = started(Seals.none(SCHEMAS), stateDir);
  }

  private TestTopology started(Seals seals, Path dir) {
    FleetRules rules =
        new FleetRules(
            MINUTE,
            new WindowRules(
                "aggregator.fleet",
                List.of(Duration.ofHours(1)),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                MINUTE));
    return new TestTopology(
        FleetTopology.of(rules, "cloud", SCHEMAS, seals, () -> true, new OpenWindows<>(), metrics),
        dir,
        NOW);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void shouldAddUpTheMinutesOfAllSitesInOneHour() {
    mirrored(minute("plant-1", 0, false, 3));
    mirrored(minute("plant-2", 0, false, 4));
    mirrored(minute("plant-2", 59, false, 5));
    mirrored(minute("plant-2", 59, true, 6)); // What came late at the site.
    mirrored(minute("plant-1", 60, false, 7)); // The next hour.
    topology.pass(Duration.ofSeconds(20));

    assertThat(fleet())
        .extracting(
            Aggregate::getSiteId,
            Aggregate::getWindowStart,
            Aggregate::getCount,
            Aggregate::getLate)
        .containsExactly(
            tuple("*", HOUR, 18L, false), tuple("*", HOUR.plus(Duration.ofHours(1)), 7L, false));
  }

  @Test
  void shouldLeaveOutRowsThatSayTheSameAgain() {
    mirrored(minute("plant-1", 0, false, 3));
    Aggregate hour = minute("plant-1", 0, false, 3);
    hour.setWindowEnd(HOUR.plus(Duration.ofHours(1)));
    mirrored(hour);
    topology.pass(Duration.ofSeconds(20));

    assertThat(fleet()).extracting(Aggregate::getCount).containsExactly(3L);
  }

  @Test
  void shouldGiveOutALateDeltaForASiteThatWasCutOff() {
    mirrored(minute("plant-1", 0, false, 3));
    topology.pass(Duration.ofSeconds(20));
    mirrored(minute("plant-2", 0, false, 4));
    topology.pass(Duration.ofSeconds(1));

    assertThat(fleet())
        .extracting(Aggregate::getCount, Aggregate::getLate)
        .containsExactly(tuple(3L, false), tuple(4L, true));
  }

  @Test
  void shouldGiveUpOnASketchThatIsNone() {
    Aggregate broken = minute("plant-1", 0, false, 3);
    broken.setConfidenceSketch(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    mirrored(broken);
    topology.pass(Duration.ofSeconds(20));

    assertThat(topology.given(Topics.DEAD_LETTERS, DeadLetter.class))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.INVALID);
              assertThat(letter.getStage()).isEqualTo("fleet");
              assertThat(letter.getDetail()).contains("KLL");
            });
    assertThat(fleet()).isEmpty();
  }

  @Test
  void shouldKeepForgedAggregatesOutOfTheFleet(@TempDir Path keys) {
    FleetKey fleetKey = FleetKey.generate(1);
    SealedWriter first = new SealedWriter(fleetKey, "plant-1", keys);
    SealedWriter second = new SealedWriter(fleetKey, "plant-2", keys);
    topology.close();
    topology = started(new Seals(List.of(fleetKey), Set.of(), SCHEMAS), stateDir.resolve("sealed"));

    mirrored(minute("plant-1", 0, false, 3), first);
    mirrored(minute("plant-2", 0, false, 4), second);
    mirrored(minute("plant-1", 1, false, 1000), second); // As the other site.
    mirrored(minute("plant-3", 1, false, 1000), second); // As a site that does not exist.
    mirrored(minute("plant-1", 1, false, 1000)); // As nobody.
    topology.pass(Duration.ofSeconds(20));

    assertThat(fleet()).extracting(Aggregate::getCount).containsExactly(7L);
    assertThat(topology.given(Topics.DEAD_LETTERS, DeadLetter.class)).isEmpty();
    assertThat(forged("WRONG_SEAL")).isEqualTo(2);
    assertThat(forged("UNSEALED")).isEqualTo(1);
  }

  private double forged(String reason) {
    return metrics
        .get("skerry.forged.records")
        .tags("topic", "aggregates", "reason", reason)
        .counter()
        .count();
  }

  private void mirrored(Aggregate aggregate, SealedWriter writer) {
    byte[] key = {1};
    byte[] value = new AvroEncoder<>(Aggregate.class).encode(aggregate);
    topology.append(Topics.AGGREGATES, key, value, writer.headers(Topics.AGGREGATES, key, value));
  }

  private void mirrored(Aggregate aggregate) {
    topology.append(
        Topics.AGGREGATES, new byte[] {1}, new AvroEncoder<>(Aggregate.class).encode(aggregate));
  }

  private List<Aggregate> fleet() {
    return topology.given(Topics.FLEET_AGGREGATES, Aggregate.class);
  }

  private static Aggregate minute(String site, int minute, boolean late, long count) {
    Instant start = HOUR.plus(MINUTE.multipliedBy(minute));
    return Aggregate.newBuilder()
        .setSiteId(site)
        .setStream("vibration")
        .setModel("machine-state")
        .setModelVersion("1")
        .setLabel("normal")
        .setWindowStart(start)
        .setWindowEnd(start.plus(MINUTE))
        .setLate(late)
        .setCount(count)
        .setLowConfidenceCount(0)
        .setConfidenceSum(count * 0.5)
        .setConfidenceMin(0.5f)
        .setConfidenceMax(0.5f)
        .setLatencyMillisSum(count)
        .setLatencyMillisMax(1)
        .setDeadLetters(Map.of())
        .build();
  }
}
