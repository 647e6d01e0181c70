package dev.skerry.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.supervise.RestartPolicy.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  private static final Duration EARLY = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofMinutes(1);

  private final RestartPolicy service = new RestartPolicy(Part.Ending.COMES_BACK);
  private final RestartPolicy job = new RestartPolicy(Part.Ending.FINISHES);

  @Test
  void shouldWaitLongerAfterEachEarlyDeathAndGiveUpInTheEnd() {
    long lastMillis = 0;
    for (int death = 1; death <= RestartPolicy.EARLY_DEATHS_MAX_INCLUSIVE; death++) {
      Verdict verdict = service.afterEnd(1, EARLY);
      assertThat(verdict).isInstanceOf(Verdict.ComesBack.class);
      long millis = ((Verdict.ComesBack) verdict).pause().toMillis();
      assertThat(millis).isGreaterThan(lastMillis);
      lastMillis = millis;
    }
    assertThat(service.afterEnd(1, EARLY)).isInstanceOf(Verdict.GivesUp.class);
  }

  @Test
  void shouldNeverGiveUpAPartThatTheSiteDoesWithout() {
    RestartPolicy dispensable = new RestartPolicy(Part.Ending.SITE_GOES_ON);
    for (int death = 1; death <= 50; death++) {
      assertThat(pause(dispensable.afterEnd(1, EARLY)))
          .isPositive()
          .isLessThanOrEqualTo(RestartPolicy.LONGEST_PAUSE);
      assertThat(dispensable.earlyDeaths()).isEqualTo(death);
    }
    assertThat(pause(dispensable.afterEnd(1, EARLY))).isEqualTo(RestartPolicy.LONGEST_PAUSE);
    assertThat(pause(dispensable.afterEnd(2, EARLY))).isEqualTo(RestartPolicy.LONGEST_PAUSE);
    assertThat(pause(dispensable.afterEnd(1, LATE))).isLessThan(Duration.ofSeconds(1));
    assertThat(dispensable.earlyDeaths()).isZero();
  }

  private static Duration pause(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.ComesBack.class);
    return ((Verdict.ComesBack) verdict).pause();
  }

  @Test
  void shouldForgetEarlyDeathsOnceAPartHasLived() {
    for (int death = 1; death <= RestartPolicy.EARLY_DEATHS_MAX_INCLUSIVE; death++) {
      service.afterEnd(1, EARLY);
    }
    assertThat(service.afterEnd(137, LATE)).isInstanceOf(Verdict.ComesBack.class);
    assertThat(service.afterEnd(137, EARLY)).isInstanceOf(Verdict.ComesBack.class);
  }

  @Test
  void shouldBringBackAServiceEvenWhenItEndsWithCodeZero() {
    assertThat(service.afterEnd(0, LATE)).isInstanceOf(Verdict.ComesBack.class);
  }

  @Test
  void shouldFinishAJobOnlyWithCodeZero() {
    assertThat(job.afterEnd(0, EARLY)).isInstanceOf(Verdict.Finished.class);
    assertThat(job.afterEnd(1, LATE)).isInstanceOf(Verdict.GivesUp.class);
  }
}
