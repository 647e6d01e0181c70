package dev.skerry.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  private static final Snapshot BEFORE = Snapshot.empty(10_000);

  private final StatusLine line = new StatusLine();

  @Test
  void shouldSayRatesLagLatencyAndHowMuchIsMirroredInOneLineOfATerminal() {
    assertThat(line.with("local", BEFORE, after(2_500, 2_400, 0, 0)))
        .isEqualTo("1,250 in/s | 1,200 out/s | lag 100 | p99 1.2 s | mirrored 4/8")
        .hasSizeLessThan(80);
  }

  @Test
  void shouldNameDeadLettersAndOverflowWhereThereAreAny() {
    assertThat(line.with("local", BEFORE, after(2_500, 2_400, 30, 10)))
        .isEqualTo(
            "1,250 in/s | 1,200 out/s | lag 60 | p99 1.2 s | dead letters 41 | overflow 10"
                + " | mirrored 4/8");
  }

  @Test
  void shouldLeaveOutTheLatencyOfNothing() {
    Snapshot after = after(2_500, 2_400, 0, 0);
    assertThat(line.with("local", after, after))
        .isEqualTo("0 in/s | 0 out/s | lag 100 | mirrored 4/8");
  }

  @Test
  void shouldAddSeveralSitesUpAndNameTheOneThatIsBehind() {
    line.with("local", BEFORE, after(2_500, 2_500, 0, 0));
    assertThat(line.with("local-2", BEFORE, after(2_500, 2_400, 0, 0)))
        .isEqualTo(
            "2 sites | 2,500 in/s | 2,450 out/s | lag 100 of local-2 | p99 1.2 s | mirrored 8/16")
        .hasSizeLessThan(90);
    assertThat(line.with("local-2", BEFORE, after(2_500, 2_500, 0, 0))).contains("| lag 0 |");
  }

  @Test
  void shouldSayThatItIsStartingWhileThereIsNothingToCount() {
    assertThat(line.with("local", Snapshot.empty(0), Snapshot.empty(1_000))).startsWith("starting");
  }

  private static Snapshot after(long telemetry, long detections, long deadLetters, long overflow) {
    return new Snapshot(
        12_000,
        telemetry,
        500,
        detections,
        deadLetters,
        deadLetters == 0 ? 0 : 11,
        overflow,
        7,
        new TreeMap<>(Map.of("normal", detections)),
        new TreeMap<>(Map.of("faults 1.0.0", detections)),
        Map.of("aggregates", 5L, "retraining-samples", 3L),
        Map.of("aggregates", 4L),
        21,
        1_234,
        30,
        2_000);
  }
}
