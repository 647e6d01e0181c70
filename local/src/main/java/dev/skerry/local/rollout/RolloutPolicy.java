package dev.skerry.local.rollout;

import dev.skerry.local.rollout.SiteOutcomes.Outcome;
import dev.skerry.schemas.release.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a release goes on to more sites, and when it is halted for all. It goes by what the sites
 * that were reached say of it, and forgets nothing between two looks: the step that it is at is the
 * rollout itself. Immutable.
 *
 * @param steps percent of the sites, rising, the last of at most 100
 * @param soak how long a step lasts at least
 * @param quorum the share of the sites reached that must have decided, 0 to 1; sites that are away
 *     must not hold the others up for ever
 * @param tolerated how many sites may take it back whatever their share, 0 and up
 * @param maxRejectedShare of the sites that have decided, 0 to 1
 */
public record RolloutPolicy(
    List<Double> steps, Duration soak, double quorum, int tolerated, double maxRejectedShare) {

  public RolloutPolicy {
    steps = List.copyOf(steps);
    require(!steps.isEmpty(), "there must be a step");
    double before = 0;
    for (double step : steps) {
      require(
          step > before && step <= 100, "steps must rise from above 0 to at most 100: " + steps);
      before = step;
    }
    require(!soak.isNegative(), "a step cannot last for less than no time");
    require(quorum >= 0 && quorum <= 1, "the quorum must be from 0 to 1, not " + quorum);
    require(tolerated >= 0, "tolerated sites must be 0 or more, not " + tolerated);
    require(
        maxRejectedShare >= 0 && maxRejectedShare <= 1,
        "the share that may take it back must be from 0 to 1, not " + maxRejectedShare);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** What is to be done now; each with the reason. */
  public sealed interface Move {
    String reason();
  }

  /** Nothing yet. */
  public record Wait(String reason) implements Move {}

  /** More sites take it. */
  public record Raise(double percent, String reason) implements Move {}

  /** No further site takes it. */
  public record Halt(String reason) implements Move {}

  /** There is nothing to be done any more. */
  public record Done(String reason) implements Move {}

  /**
   * Decides.
   *
   * @param current what was said last; empty where no site takes it yet
   * @param sites what is known of each site
   */
  public Move next(Optional<Rollout> current, Map<String, Outcome> sites, Instant now) {
    if (current.isEmpty()) {
      return new Raise(steps.get(0), "the first step");
    }
    Rollout rollout = current.get();
    if (rollout.halted()) {
      return new Done("it is halted: " + rollout.reason());
    }
    Tally tally = Tally.of(rollout, sites);
    if (tally.rejected() > tolerated && tally.rejectedShare() > maxRejectedShare) {
      return new Halt(
          "%d of the %d sites that have decided took it back"
              .formatted(tally.rejected(), tally.decided()));
    }
    Optional<Double> higher =
        steps.stream().filter(step -> step > rollout.sitePercent()).findFirst();
    Instant earliest = Instant.ofEpochMilli(rollout.issuedAtMillis()).plus(soak);
    if (tally.decided() < quorum * tally.reached()) {
      return new Wait(
          "%d of the %d sites reached have decided".formatted(tally.decided(), tally.reached()));
    }
    if (higher.isEmpty()) {
      return new Done("the last step is taken");
    }
    if (now.isBefore(earliest)) {
      return new Wait("this step lasts until " + earliest);
    }
    return new Raise(
        higher.get(),
        "%d of the %d sites reached have accepted it".formatted(tally.accepted(), tally.reached()));
  }

  private record Tally(long reached, long accepted, long rejected) {

    static Tally of(Rollout rollout, Map<String, Outcome> sites) {
      return new Tally(
          sites.keySet().stream().filter(rollout::reaches).count(),
          count(sites, Outcome.ACCEPTED),
          count(sites, Outcome.REJECTED));
    }

    private static long count(Map<String, Outcome> sites, Outcome outcome) {
      return sites.values().stream().filter(outcome::equals).count();
    }

    long decided() {
      return accepted + rejected;
    }

    double rejectedShare() {
      return decided() == 0 ? 0 : (double) rejected / decided();
    }
  }
}
