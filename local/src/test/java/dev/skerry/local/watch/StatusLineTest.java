package dev.skerry.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatusLineTest {

  @Test
  void shouldSayRatesLagLatencyLabelsAndWhatIsMirrored() {
    Snapshot before = Snapshot.empty(10_000);
    Snapshot now =
        new Snapshot(
            12_000,
            2_500,
            500,
            2_400,
            30,
            11,
            10,
            7,
            new TreeMap<>(Map.of("normal", 2_390L, "unbalance", 10L)),
            new TreeMap<>(Map.of("faults 1.0.0", 2_000L, "faults 1.1.0", 400L)),
            Map.of("aggregates", 5L, "retraining-samples", 3L),
            Map.of("aggregates", 4L),
            21,
            1_234,
            30,
            2_000);
    assertThat(StatusLine.of(before, now))
        .contains("1,250 in/s (250 frames)", "1,200 detections/s", "lag 60", "p50 21 ms p99 1.2 s")
        .contains("2,400 detections (normal 2,390, unbalance 10)")
        .contains("faults 1.0.0 1,000/s, faults 1.1.0 200/s")
        .contains("low-confidence 7", "dead letters 41", "overflow 10")
        .contains("aggregates 4/5", "retraining-samples 0/3");
    assertThat(StatusLine.brief(before, now))
        .isEqualTo("1,250 in/s, 1,200 detections/s, lag 60, mirrored 4/8");
  }

  @Test
  void shouldSayThatItIsStartingWhileThereIsNothingToCount() {
    assertThat(StatusLine.of(Snapshot.empty(0), Snapshot.empty(1_000))).startsWith("starting");
  }
}
