package dev.skerry.inference.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanaryTrialTest {

  private static final int TRIALS = 400;
  private static final int CASES = 2_000;
  private static final double LIMIT = 0.1;
  private static final Expectation EXPECTED = new Expectation(0.2, Map.of("rare", 0.1), 0.1, 0.1);

  @Test
  void shouldSeldomCallAShareTooLargeThatIsAtItsLimitHoweverOftenItLooks() {
    assertThat(everAbove(LIMIT)).isLessThanOrEqualTo((int) (TRIALS * 0.05));
  }

  @Test
  void shouldFindAShareThatIsTwiceItsLimit() {
    assertThat(everAbove(2 * LIMIT)).isEqualTo(TRIALS);
  }

  /** How many of the trials ever reach evidence of 20 against the limit; 5 % may at the limit. */
  private static int everAbove(double share) {
    SplittableRandom random = new SplittableRandom(3);
    int found = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      boolean reached = false;
      long hits = 0;
      for (int cases = 1; cases <= CASES && !reached; cases++) {
        hits += random.nextDouble() < share ? 1 : 0;
        reached = ShareTest.logEvidenceAbove(cases, hits, LIMIT) >= Math.log(20);
      }
      found += reached ? 1 : 0;
    }
    return found;
  }

  @Test
  void shouldPromoteOneThatKeepsItsLimits() {
    Comparison seen = seen(Map.of("normal", new Counts(900, 60), "fault", new Counts(300, 20)));
    assertThat(judge(seen)).isInstanceOf(CanaryTrial.Promote.class);
  }

  @Test
  void shouldWithdrawOneThatIsWorseOnOneClass() {
    Comparison seen = seen(Map.of("normal", new Counts(900, 0), "rare", new Counts(60, 30)));
    assertThat(judge(seen))
        .isInstanceOfSatisfying(
            CanaryTrial.Withdraw.class,
            verdict ->
                assertThat(verdict.reason())
                    .isEqualTo("disagreement.rare: 50.0 % of 60, and at most 10.0 % may be"));
  }

  @Test
  void shouldWithdrawOneThatIsBrokenAtOnce() {
    Comparison seen =
        new Comparison(Counts.NONE, Counts.NONE, Counts.NONE, Counts.NONE, Map.of(), true);
    assertThat(judge(seen)).isInstanceOf(CanaryTrial.Withdraw.class);
  }

  @Test
  void shouldGoOnTryingWhileNothingIsCertain() {
    assertThat(judge(Comparison.NONE)).isInstanceOf(CanaryTrial.Undecided.class);
    assertThat(judge(seen(Map.of("normal", new Counts(1_000, 195)))))
        .isInstanceOf(CanaryTrial.Undecided.class);
  }

  private static CanaryTrial.Verdict judge(Comparison seen) {
    return CanaryTrial.judge(seen, CanaryPolicy.DEFAULT, EXPECTED);
  }

  private static Comparison seen(Map<String, Counts> byLabel) {
    Counts pairs = byLabel.values().stream().reduce(Counts.NONE, Counts::plus);
    Counts none = new Counts(pairs.cases(), 0);
    return new Comparison(none, new Counts(50, 0), none, none, byLabel, false);
  }
}
