package dev.skerry.aggregator;

import static dev.skerry.aggregator.SomeDetections.at;
import static dev.skerry.aggregator.TestSite.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatorTopologyTest {

  private static final Instant LAST_YEAR = Instant.parse("2025-03-09T10:00:00Z");
  private static final Duration QUIET = Duration.ofSeconds(10);

  private TestSite site;

  @BeforeEach
  void start(@TempDir Path stateDir) {
    site = new TestSite(stateDir, Map.of());
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void shouldAddUpOneWindow() {
    site.detect(at(LAST_YEAR, "pump-1", "vibration", "normal", 0.875f));
    site.detect(at(LAST_YEAR.plusSeconds(9), "pump-2", "vibration", "normal", 0.25f));
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.aggregates())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.getWindowStart()).isEqualTo(LAST_YEAR);
              assertThat(window.getWindowEnd()).isEqualTo(LAST_YEAR.plusSeconds(10));
              assertThat(window.getLate()).isFalse();
              assertThat(window.getCount()).isEqualTo(2);
              assertThat(window.getLowConfidenceCount()).isEqualTo(1);
              assertThat(window.getConfidenceSum()).isEqualTo(1.125);
              assertThat(window.getConfidenceMin()).isEqualTo(0.25f);
              assertThat(window.getConfidenceMax()).isEqualTo(0.875f);
              assertThat(window.getLatencyMillisSum()).isEqualTo(24);
              assertThat(window.getLatencyMillisMax()).isEqualTo(12);
            });
  }

  @Test
  void shouldCloseByEventTimeWhileInputFlows() {
    site.fullyRead.set(false);
    for (int second = 0; second < 40; second++) {
      site.detect(at(LAST_YEAR.plusSeconds(second), "pump-1", "normal"));
      site.pass(Duration.ofSeconds(1));
    }

    // 39 s were reached; with 10 s of grace the windows that ended by 29 s are closed.
    assertThat(site.aggregates())
        .extracting(Aggregate::getWindowStart, Aggregate::getCount, Aggregate::getLate)
        .containsExactly(
            tuple(LAST_YEAR, 10L, false), tuple(LAST_YEAR.plusSeconds(10), 10L, false));
  }

  @Test
  void shouldNotCloseByEventTimeBeforeTheGraceIsOver() {
    site.fullyRead.set(false);
    for (int second = 0; second < 20; second++) {
      site.detect(at(LAST_YEAR.plusSeconds(second), "pump-1", "normal"));
      site.pass(Duration.ofSeconds(1));
    }
    assertThat(site.aggregates()).isEmpty();
  }

  @Test
  void shouldTakeOutOfOrderRecordsWithinTheGrace() {
    site.detect(at(LAST_YEAR.plusSeconds(19), "pump-1", "normal"));
    site.detect(at(LAST_YEAR, "pump-1", "normal"));
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.aggregates())
        .extracting(Aggregate::getWindowStart, Aggregate::getCount, Aggregate::getLate)
        .containsExactly(tuple(LAST_YEAR, 1L, false), tuple(LAST_YEAR.plusSeconds(10), 1L, false));
  }

  @Test
  void shouldGiveOutALateDeltaForAClosedWindow() {
    site.detect(at(LAST_YEAR, "pump-1", "normal"));
    site.pass(QUIET.multipliedBy(2));
    assertThat(site.aggregates()).extracting(Aggregate::getLate).containsExactly(false);

    site.detect(at(LAST_YEAR.plusSeconds(1), "pump-1", "normal"));
    site.detect(at(LAST_YEAR.plusSeconds(2), "pump-1", "normal"));
    site.pass(Duration.ofSeconds(1));

    assertThat(site.aggregates())
        .extracting(Aggregate::getWindowStart, Aggregate::getCount, Aggregate::getLate)
        .containsExactly(tuple(LAST_YEAR, 2L, true));
    assertThat(site.metrics.get("skerry.aggregator.late.deltas").counter().count()).isEqualTo(1);
    assertThat(site.metrics.get("skerry.aggregator.late.records").counter().count()).isEqualTo(2);
  }

  @Test
  void shouldNotCloseByWallClockWhileInputWaits() {
    site.fullyRead.set(false);
    site.detect(at(LAST_YEAR, "pump-1", "normal"));
    site.pass(QUIET.multipliedBy(6));
    assertThat(site.aggregates()).isEmpty();

    site.fullyRead.set(true);
    site.pass(Duration.ofSeconds(1));
    assertThat(site.aggregates()).hasSize(1);
  }

  @Test
  void shouldNotCloseAQuietWindowThatIsNotOverYet(@TempDir Path stateDir) {
    try (TestSite hourly = new TestSite(stateDir, Map.of("aggregator.windows", "PT1H"))) {
      hourly.detect(at(NOW, "pump-1", "normal"));
      hourly.pass(Duration.ofMinutes(60));
      assertThat(hourly.aggregates()).isEmpty();

      hourly.pass(Duration.ofSeconds(11));
      assertThat(hourly.aggregates()).hasSize(1);
    }
  }

  @Test
  void shouldKeepEachStreamsTimeApart() {
    // A replay of last year's pump beside live vibration: neither closes the other's windows.
    for (int second = 0; second < 60; second++) {
      site.detect(at(site.now(), "machine-1", "vibration", "normal", 0.5f));
      site.detect(at(LAST_YEAR.plusSeconds(second), "pump-1", "pump", "normal", 0.5f));
      site.pass(Duration.ofSeconds(1));
    }
    site.pass(Duration.ofSeconds(30));

    List<Aggregate> windows = site.aggregates();
    assertThat(windows).extracting(Aggregate::getLate).containsOnly(false);
    assertThat(windows).hasSize(12);
    assertThat(windows).extracting(Aggregate::getCount).containsOnly(10L);
  }

  @Test
  void shouldNotLetOneClockFromTheFutureCloseTheOthersWindows() {
    for (int second = 0; second < 60; second++) {
      site.detect(at(site.now(), "machine-1", "normal"));
      if (second == 5) {
        site.detect(at(NOW.plus(Duration.ofDays(3650)), "machine-2", "normal"));
      }
      site.pass(Duration.ofSeconds(1));
    }
    site.pass(Duration.ofSeconds(90));

    List<Aggregate> given = site.aggregates();
    long tenYearsOn = NOW.plus(Duration.ofDays(3650)).toEpochMilli();
    assertThat(given)
        .filteredOn(window -> window.getWindowStart().toEpochMilli() >= tenYearsOn)
        .extracting(Aggregate::getCount, Aggregate::getLate)
        .containsExactly(tuple(1L, true));
    assertThat(given.stream().mapToLong(Aggregate::getCount).sum()).isEqualTo(61);
  }

  @Test
  void shouldDeadLetterRandomBytes() {
    byte[] bytes = "these are no detection".getBytes(UTF_8);
    site.pipe("pump-1", bytes);
    site.detect(at(LAST_YEAR, "pump-1", "normal"));
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getSiteId()).isEqualTo(SomeDetections.SITE);
              assertThat(letter.getStage()).isEqualTo("aggregator");
              assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_AVRO);
              assertThat(letter.getSource().getTopic()).isEqualTo("detections");
              assertThat(letter.getSource().getOffset()).isZero();
              assertThat(letter.getOriginalKey().array()).isEqualTo("pump-1".getBytes(UTF_8));
              assertThat(letter.getOriginalValue().array()).isEqualTo(bytes);
            });
    assertThat(site.aggregates())
        .extracting(Aggregate::getCount, Aggregate::getDeadLetters)
        .containsExactlyInAnyOrder(tuple(1L, Map.of()), tuple(0L, Map.of("NOT_AVRO", 1L)));
  }

  @Test
  void shouldLeaveOutAValueThatFitsNoDeadLetter() {
    site.pipe("pump-1", new byte[Topics.MAX_WRAPPED_BYTES]);
    assertThat(site.deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getOriginalValue()).isNull();
              assertThat(letter.getDetail()).contains("too large to be kept here");
            });
  }

  @Test
  void shouldDeadLetterWhatCannotBeAddedUp() {
    site.detect(at(LAST_YEAR, "pump-1", "vibration", "normal", Float.NaN));
    site.detect(at(Instant.ofEpochMilli(Long.MAX_VALUE), "pump-1", "normal"));
    site.detect(at(Instant.ofEpochMilli(-1), "pump-1", "normal"));
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.deadLetters())
        .extracting("reason")
        .containsExactly(
            DeadLetterReason.NOT_A_NUMBER, DeadLetterReason.INVALID, DeadLetterReason.INVALID);
    assertThat(site.aggregates())
        .extracting(Aggregate::getStream, Aggregate::getCount, Aggregate::getDeadLetters)
        .containsExactlyInAnyOrder(
            tuple("vibration", 0L, Map.of("NOT_A_NUMBER", 1L)),
            tuple("", 0L, Map.of("INVALID", 2L)));
  }

  @Test
  void shouldDeadLetterEveryTruncatedDetection() {
    byte[] whole = new AvroEncoder<>(Detection.class).encode(at(LAST_YEAR, "pump-1", "normal"));
    for (int length = 0; length < whole.length; length++) {
      site.pipe("pump-1", Arrays.copyOf(whole, length));
    }
    site.pass(QUIET.multipliedBy(2));
    assertThat(site.deadLetters()).hasSize(whole.length);
    assertThat(site.aggregates())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.getCount()).isZero();
              assertThat(window.getDeadLetters().values().stream().mapToLong(n -> n).sum())
                  .isEqualTo(whole.length);
            });
  }

  @Test
  void shouldKeepSeveralWindowLengths(@TempDir Path stateDir) {
    try (TestSite both = new TestSite(stateDir, Map.of("aggregator.windows", "PT10S,PT1M"))) {
      for (int second = 0; second < 60; second++) {
        both.detect(at(LAST_YEAR.plusSeconds(second), "pump-1", "normal"));
      }
      both.pass(QUIET.multipliedBy(2));
      assertThat(both.aggregates())
          .extracting(Aggregate::getCount)
          .containsExactlyInAnyOrder(10L, 10L, 10L, 10L, 10L, 10L, 60L);
    }
  }

  @Test
  void shouldSayHowConfidenceAndLatencyAreDistributedAndHowManyDevicesThereWere() {
    for (int device = 0; device < 20; device++) {
      float confidence = device < 10 ? 0.25f : 0.75f;
      site.detect(at(LAST_YEAR, "pump-" + device, "vibration", "normal", confidence));
      site.detect(at(LAST_YEAR, "pump-" + device, "vibration", "normal", confidence));
    }
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.aggregates())
        .singleElement()
        .satisfies(
            window -> {
              assertThat(window.getDevices()).isEqualTo(20);
              assertThat(window.getConfidenceMean()).isEqualTo(0.5);
              assertThat(window.getLowConfidenceShare()).isEqualTo(0.5);
              assertThat(window.getConfidenceP05()).isEqualTo(0.25f);
              assertThat(window.getConfidenceP95()).isEqualTo(0.75f);
              // From the event of last year to the answer of this one, to a float's precision.
              long millis =
                  Duration.between(LAST_YEAR, Instant.parse("2026-01-01T00:00:00.012Z")).toMillis();
              assertThat(window.getEventLatencyMillisP50()).isBetween(millis - 2048, millis + 2048);
              assertThat(window.getConfidenceSketch().remaining()).isPositive();
              assertThat(window.getEventLatencySketch().remaining()).isPositive();
              assertThat(window.getDeviceSketch().remaining()).isPositive();
            });
  }

  @Test
  void shouldCountDeadLettersByReasonInTheWindowOfTheirRecord() {
    site.giveUp(DeadLetterReason.WRONG_SHAPE, SomeDetections.telemetryAt(LAST_YEAR, "vibration"));
    site.giveUp(DeadLetterReason.WRONG_SHAPE, SomeDetections.telemetryAt(LAST_YEAR, "vibration"));
    site.giveUp(DeadLetterReason.NO_MODEL, SomeDetections.telemetryAt(LAST_YEAR, "vibration"));
    site.detect(at(LAST_YEAR.plusSeconds(1), "pump-1", "vibration", "normal", 0.5f));
    site.pass(QUIET.multipliedBy(2));

    assertThat(site.aggregates())
        .extracting(
            Aggregate::getStream,
            Aggregate::getLabel,
            Aggregate::getWindowStart,
            Aggregate::getCount,
            Aggregate::getDeadLetters)
        .containsExactlyInAnyOrder(
            tuple("vibration", "normal", LAST_YEAR, 1L, Map.of()),
            tuple("vibration", "", LAST_YEAR, 0L, Map.of("WRONG_SHAPE", 2L, "NO_MODEL", 1L)));
  }

  @Test
  void shouldCountWhatNobodyCanReadWhenItWasGivenUp() {
    site.giveUp(DeadLetterReason.NOT_AVRO, new byte[] {1, 2, 3});
    site.pass(QUIET.multipliedBy(3));

    assertThat(site.aggregates())
        .extracting(Aggregate::getStream, Aggregate::getWindowStart, Aggregate::getDeadLetters)
        .containsExactly(tuple("", NOW, Map.of("NOT_AVRO", 1L)));
  }

  @Test
  void shouldNotLetADeadLettersTimeCloseItsStreamsWindows() {
    site.fullyRead.set(false);
    for (int second = 0; second < 15; second++) {
      site.detect(at(LAST_YEAR.plusSeconds(second), "pump-1", "vibration", "normal", 0.5f));
      Instant later = LAST_YEAR.plusSeconds(600);
      site.giveUp(DeadLetterReason.NO_MODEL, SomeDetections.telemetryAt(later, "vibration"));
      site.pass(Duration.ofSeconds(1));
    }
    assertThat(site.aggregates()).isEmpty();
  }

  @Test
  void shouldKeepItsSumsInTheStoreUntilTheWindowIsOut() {
    // Every half second of this wall clock is a commit, at which sums become bytes.
    for (int i = 0; i < 8; i++) {
      site.detect(at(LAST_YEAR.plusSeconds(i), "pump-" + i, "normal"));
      site.pass(Duration.ofMillis(500));
    }
    assertThat(site.stored("windows-open")).isEqualTo(1);
    site.pass(QUIET.multipliedBy(2));
    assertThat(site.aggregates()).extracting(Aggregate::getCount).containsExactly(8L);
    assertThat(site.stored("windows-open")).isZero();
  }
}
