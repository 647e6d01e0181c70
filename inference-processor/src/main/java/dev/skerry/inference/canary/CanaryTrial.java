package dev.skerry.inference.canary;

import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges a canary by shares and their limits, with tests that may be looked at as often as one
 * likes. Cases are taken to be independent; records of one device are less so than they seem.
 *
 * <ul>
 *   <li>A canary that keeps all its limits is withdrawn with probability {@link #ALPHA} at most,
 *       however long it is tried: the share is divided by the number of tests (Bonferroni).
 *   <li>A canary that is at or beyond any of its limits is promoted with probability {@link #BETA}
 *       at most: every test must say that its limit is kept. Of labels that the champion gives
 *       rarely, fewer than {@link #SEEN} times, nothing can be said; they do not hold a promotion
 *       up.
 * </ul>
 */
public final class CanaryTrial {

  /** How likely it is at most that a canary that keeps its limits is withdrawn. */
  public static final double ALPHA = 0.01;

  /** How likely it is at most that a canary that misses a limit is promoted. */
  public static final double BETA = 0.05;

  /** How often the champion must have given a label before the canary is held to it. */
  public static final int SEEN = 50;

  /** Of runs that are slower than they may be: a machine has its pauses. */
  private static final double MAX_SLOW_RUNS = 0.25;

  private CanaryTrial() {}

  /** What comes of it. */
  public sealed interface Verdict {
    /** What was seen, by name. */
    Map<String, Double> figures();
  }

  /** It is tried on. */
  public record Undecided(Map<String, Double> figures) implements Verdict {}

  /** It answers all devices from now on. */
  public record Promote(String reason, Map<String, Double> figures) implements Verdict {}

  /** It is taken back, for ever. */
  public record Withdraw(String reason, Map<String, Double> figures) implements Verdict {}

  private record Limited(String name, Counts counts, double limit, boolean isOfLabel) {}

  /** Judges by what was seen until now. */
  public static Verdict judge(Comparison seen, CanaryPolicy policy, Expectation expected) {
    List<Limited> shares = shares(seen, policy, expected);
    Map<String, Double> figures = figures(seen, shares);
    if (seen.broken()) {
      return new Withdraw("It fails on its own golden samples", figures);
    }
    double tooMuch = Math.log(shares.size() / ALPHA);
    for (Limited share : shares) {
      if (evidenceAbove(share) >= tooMuch) {
        return new Withdraw(describe(share), figures);
      }
    }
    boolean keepsAll = shares.stream().allMatch(CanaryTrial::isKept);
    long samples = seen.disagreement().cases();
    return keepsAll && samples >= policy.minSamples()
        ? new Promote(
            "It keeps all its limits: of %d records that both scored it gives %s another label"
                .formatted(samples, percent(seen.disagreement().share())),
            figures)
        : new Undecided(figures);
  }

  private static List<Limited> shares(Comparison seen, CanaryPolicy policy, Expectation expected) {
    List<Limited> shares = new ArrayList<>();
    shares.add(new Limited("errors", seen.errors(), policy.maxErrors(), false));
    shares.add(new Limited("slowRuns", seen.slow(), MAX_SLOW_RUNS, false));
    shares.add(new Limited("lowConfidence", seen.lowConfidence(), expected.lowConfidence(), false));
    shares.add(new Limited("outOfRange", seen.outOfRange(), expected.outOfRange(), false));
    shares.add(new Limited("disagreement", seen.disagreement(), expected.disagreement(), false));
    new TreeMap<>(seen.disagreementByLabel())
        .forEach(
            (label, counts) ->
                shares.add(
                    new Limited(
                        "disagreement." + label,
                        counts,
                        expected.disagreementOf(label),
                        /* isOfLabel= */ true)));
    return shares;
  }

  private static double evidenceAbove(Limited share) {
    return ShareTest.logEvidenceAbove(share.counts().cases(), share.counts().hits(), share.limit());
  }

  private static boolean isKept(Limited share) {
    if (share.limit() >= 1 || (share.isOfLabel() && share.counts().cases() < SEEN)) {
      return true;
    }
    return ShareTest.logEvidenceBelow(share.counts().cases(), share.counts().hits(), share.limit())
        >= Math.log(1 / BETA);
  }

  private static String describe(Limited share) {
    return "%s: %s of %d, and at most %s may be"
        .formatted(
            share.name(),
            percent(share.counts().share()),
            share.counts().cases(),
            percent(share.limit()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static Map<String, Double> figures(Comparison seen, List<Limited> shares) {
    Map<String, Double> figures = new TreeMap<>();
    shares.forEach(share -> figures.put(share.name(), share.counts().share()));
    figures.put("samples", (double) seen.disagreement().cases());
    figures.put("records", (double) seen.errors().cases());
    figures.put("runs", (double) seen.slow().cases());
    return figures;
  }
}
