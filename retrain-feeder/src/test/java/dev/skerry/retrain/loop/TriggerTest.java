package dev.skerry.retrain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggerTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Trigger TRIGGER =
      new Trigger(100, 20, Duration.ofHours(24), Duration.ofMinutes(10));

  @Test
  void shouldTrainAfterSoManyLabels() {
    assertThat(at(99, false, 60, false)).isEmpty();
    assertThat(at(100, false, 60, false)).contains("100 new samples with a label");
  }

  @Test
  void shouldTrainAfterFewerLabelsInDrift() {
    assertThat(at(19, true, 60, false)).isEmpty();
    assertThat(at(20, true, 60, false)).contains("drift, and 20 new samples with a label");
  }

  @Test
  void shouldTrainOnSchedule() {
    assertThat(at(1, false, 24 * 60 - 1, false)).isEmpty();
    assertThat(at(1, false, 24 * 60, false)).contains("schedule");
    assertThat(at(0, false, 24 * 60, false)).as("nothing is new").isEmpty();
  }

  @Test
  void shouldWaitBetweenTrainingsUnlessSomebodyAsks() {
    assertThat(at(1_000, true, 9, false)).isEmpty();
    assertThat(at(0, false, 9, true)).contains("by hand");
  }

  @Test
  void shouldSayHowManyLabelsMakeItTime() {
    assertThat(TRIGGER.needed(false)).contains(100L);
    assertThat(TRIGGER.needed(true)).contains(20L);
    assertThat(new Trigger(0, 20, Duration.ofHours(1), Duration.ZERO).needed(false)).isEmpty();
  }

  @Test
  void shouldGiveCandidatesVersionsThatNobodyHas() {
    assertThat(CandidateVersion.next("1.0.0", 7, taken -> false)).isEqualTo("1.7.0");
    assertThat(CandidateVersion.next("2.3", 7, Set.of("2.7.0", "2.7.1")::contains))
        .isEqualTo("2.7.2");
    assertThat(CandidateVersion.next("spring", 7, taken -> false)).isEqualTo("1.7.0");
  }

  private static Optional<String> at(
      long fresh, boolean drifting, long minutesAfter, boolean isAsked) {
    return TRIGGER.why(
        new Trigger.Moment(
            NOON,
            fresh,
            drifting,
            Optional.of(NOON.minus(Duration.ofMinutes(minutesAfter))),
            isAsked));
  }
}
