package dev.skerry.console.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopSightTest {

  @Test
  void shouldReadWhereTheCircleStands() {
    LoopSight loop =
        LoopSight.parse(
                """
                {"stream": "vibration", "phase": "judging", "labelled": 152, "fresh": 2, "trainsAt": 150,
                 "classes": {"normal": 40}, "dataset": {"version": 1, "samples": 150},
                 "champion": {"model": "vibration-faults", "version": "1.0.0", "labels": ["normal"]},
                 "unknown": ["bearing-inner"],
                 "training": {"version": "1.1.0", "trigger": "150 new samples", "startedAtMillis": 1, "line": "epoch 3"},
                 "outcomes": [{"datasetVersion": 1, "samples": 150, "model": "vibration-faults", "version": "1.1.0",
                   "trigger": "t", "startedAtMillis": 5, "seconds": 7.1, "result": "REFUSED", "reason": "It is no better."}]}
                """)
            .orElseThrow();
    assertThat(loop.phase()).isEqualTo("judging");
    assertThat(loop.trainsAt()).isEqualTo(150);
    assertThat(loop.dataset()).isEqualTo(new LoopSight.Dataset(1, 150));
    assertThat(loop.unknown()).containsExactly("bearing-inner");
    assertThat(loop.outcomes().get(0).reason()).isEqualTo("It is no better.");
  }

  @Test
  void shouldReadASiteThatHasNothingYet() {
    LoopSight loop =
        LoopSight.parse(
                """
                {"stream": "vibration", "phase": "collecting", "labelled": 0, "fresh": 0, "trainsAt": null,
                 "dataset": null, "training": null}
                """)
            .orElseThrow();
    assertThat(loop.trainsAt()).isNull();
    assertThat(loop.dataset()).isNull();
    assertThat(loop.outcomes()).isEmpty();
  }

  @Test
  void shouldTakeAnythingElseForNothing() {
    assertThat(LoopSight.parse("<html>")).isEmpty();
  }
}
