package dev.skerry.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.rollout.SiteOutcomes.Outcome;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RolloutPolicyTest {

  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration SOAK = Duration.ofHours(1);
  private static final Instant LATER = START.plus(SOAK);
  private static final ReleaseId RELEASE = new ReleaseId("faults", "2.0.0");

  private final RolloutPolicy policy =
      new RolloutPolicy(List.of(10.0, 50.0, 100.0), SOAK, 0.5, 0, 0.1);
  private final Map<String, Outcome> sites = new TreeMap<>();

  @Test
  void shouldBeginWithTheFirstStep() {
    assertThat(policy.next(Optional.empty(), sites, START))
        .isEqualTo(new RolloutPolicy.Raise(10, "the first step"));
  }

  @Test
  void shouldRaiseWhenTheStepHasLastedAndTheQuorumHasDecided() {
    reached(50, 4, Outcome.ACCEPTED);
    reached(50, 4, Outcome.TRYING);

    assertThat(next(50, START.plusSeconds(10))).isInstanceOf(RolloutPolicy.Wait.class);
    assertThat(next(50, LATER))
        .isEqualTo(new RolloutPolicy.Raise(100, "4 of the 8 sites reached have accepted it"));
    assertThat(next(100, LATER)).isInstanceOf(RolloutPolicy.Done.class);
  }

  @Test
  void shouldWaitForTheQuorumHoweverLongTheStepHasLasted() {
    reached(50, 3, Outcome.ACCEPTED);
    reached(50, 4, Outcome.TRYING);

    assertThat(next(50, LATER.plus(SOAK)).reason())
        .isEqualTo("3 of the 7 sites reached have decided");
    assertThat(next(100, LATER)).isInstanceOf(RolloutPolicy.Wait.class);
  }

  @Test
  void shouldGoOnWhereNoSiteIsReachedYet() {
    assertThat(next(10, LATER)).isInstanceOf(RolloutPolicy.Raise.class);
  }

  @Test
  void shouldHaltAtOnceWhereMoreThanTheLimitTookItBack() {
    reached(50, 18, Outcome.ACCEPTED);
    reached(50, 2, Outcome.REJECTED);
    assertThat(next(50, LATER)).isInstanceOf(RolloutPolicy.Raise.class); // A tenth is the limit.

    reached(50, 1, Outcome.REJECTED);
    assertThat(next(50, START))
        .isEqualTo(new RolloutPolicy.Halt("3 of the 21 sites that have decided took it back"));
  }

  @Test
  void shouldTolerateSomeSitesWhateverTheirShare() {
    RolloutPolicy patient = new RolloutPolicy(List.of(100.0), SOAK, 0, 1, 0.1);
    reached(10, 1, Outcome.REJECTED);
    assertThat(patient.next(Optional.of(rollout(10, false)), sites, START))
        .isInstanceOf(RolloutPolicy.Wait.class);
    reached(10, 1, Outcome.REJECTED);
    assertThat(patient.next(Optional.of(rollout(10, false)), sites, START))
        .isInstanceOf(RolloutPolicy.Halt.class);
  }

  @Test
  void shouldLeaveWhatIsHalted() {
    assertThat(policy.next(Optional.of(rollout(10, true)), sites, LATER).reason())
        .isEqualTo("it is halted: because");
  }

  @Test
  void shouldRefuseStepsThatDoNotRise() {
    assertThatThrownBy(() -> new RolloutPolicy(List.of(5.0, 3.0), SOAK, 0.5, 0, 0.1))
        .hasMessageContaining("must rise");
    assertThatThrownBy(() -> new RolloutPolicy(List.of(5.0, 101.0), SOAK, 0.5, 0, 0.1))
        .hasMessageContaining("at most 100");
  }

  @Test
  void shouldTakeFromTheSitesWhatBecameOfARelease() {
    SiteOutcomes outcomes = new SiteOutcomes(RELEASE);
    outcomes.accept(status("away", ModelStep.PROMOTED, "1.0.0", "1.0.0", null));
    outcomes.accept(status("tries", ModelStep.CANARIED, "2.0.0", "1.0.0", "2.0.0"));
    outcomes.accept(status("has", ModelStep.PROMOTED, "2.0.0", "2.0.0", null));
    outcomes.accept(status("has", ModelStep.PROMOTED, "3.0.0", "3.0.0", null));
    outcomes.accept(status("cannot", ModelStep.REFUSED, "2.0.0", "1.0.0", null));
    outcomes.accept(status("cannot", ModelStep.RECEIVED, "3.0.0", "1.0.0", null));
    outcomes.accept(status("tried", ModelStep.PROMOTED, "3.0.0", "3.0.0", null, "2.0.0"));
    outcomes.accept(status("told", ModelStep.REVOKED, "2.0.0", "1.0.0", null, "2.0.0"));

    assertThat(outcomes.bySite())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "away", Outcome.NOT_THERE,
                "tries", Outcome.TRYING,
                "has", Outcome.ACCEPTED,
                "cannot", Outcome.REJECTED,
                "tried", Outcome.REJECTED,
                "told", Outcome.NOT_THERE));
  }

  private RolloutPolicy.Move next(double percent, Instant now) {
    return policy.next(Optional.of(rollout(percent, false)), sites, now);
  }

  private static Rollout rollout(double percent, boolean halted) {
    return new Rollout(
        RELEASE.model(),
        RELEASE.version(),
        START.toEpochMilli(),
        percent,
        List.of(),
        halted,
        "because");
  }

  /** Adds sites that a percentage reaches. */
  private void reached(double percent, int count, Outcome outcome) {
    Rollout rollout = rollout(percent, false);
    int added = 0;
    for (int i = 0; added < count; i++) {
      String site = "site-" + i;
      if (rollout.reaches(site) && sites.putIfAbsent(site, outcome) == null) {
        added++;
      }
    }
  }

  private static ModelStatus status(
      String site,
      ModelStep step,
      String version,
      String champion,
      @Nullable String canary,
      String... withdrawn) {
    return ModelStatus.newBuilder()
        .setSiteId(site)
        .setModel(RELEASE.model())
        .setStream("vibration")
        .setStep(step)
        .setModelVersion(version)
        .setReason("a test")
        .setChampionVersion(champion)
        .setCanaryVersion(canary)
        .setWithdrawnVersions(List.of(withdrawn))
        .setDecidedBy("0")
        .setChangedAt(START)
        .build();
  }
}
