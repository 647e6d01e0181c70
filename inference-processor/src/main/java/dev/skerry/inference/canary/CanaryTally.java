package dev.skerry.inference.canary;

import java.util.HashMap;
import java.util.Map;

/**
 * What one worker sees of a canary in a round; a round that is rolled back counts for nothing. Not
 * thread-safe.
 */
public final class CanaryTally {

  private final CanaryEvidence evidence;
  private final Map<String, long[]> byLabel = new HashMap<>();
  private long given;
  private long errors;
  private long runs;
  private long slow;
  private long pairs;
  private long lowConfidence;
  private long outOfRange;
  private boolean broken;

  public CanaryTally(CanaryEvidence evidence) {
    this.evidence = evidence;
  }

  /** Forgets the round. */
  public void clear() {
    byLabel.clear();
    given = errors = runs = slow = pairs = lowConfidence = outOfRange = 0;
    broken = false;
  }

  /** Records were given to the canary, and it failed on some on which the champion did not. */
  public void given(int records, int failed) {
    given += records;
    errors += failed;
  }

  /** It fails on its own golden samples. */
  public void broken() {
    broken = true;
  }

  /** Both ran on the same rows, one right after the other. */
  public void run(long championNanos, long canaryNanos) {
    runs++;
    slow += canaryNanos > evidence.maxSlowdown() * championNanos ? 1 : 0;
  }

  /**
   * Both scored a record.
   *
   * @param championLabel what the champion says
   * @param agrees whether the canary says the same
   * @param aloneInDoubt whether the canary's confidence is low and the champion's is not
   * @param aloneOutOfRange whether the record lies beyond the canary's ranges alone
   */
  public void pair(
      String championLabel, boolean agrees, boolean aloneInDoubt, boolean aloneOutOfRange) {
    pairs++;
    lowConfidence += aloneInDoubt ? 1 : 0;
    outOfRange += aloneOutOfRange ? 1 : 0;
    long[] counts = byLabel.computeIfAbsent(championLabel, label -> new long[2]);
    counts[0]++;
    counts[1] += agrees ? 0 : 1;
  }

  /** The round was committed: it counts. */
  public void settle() {
    if (given > 0 || runs > 0 || pairs > 0 || broken) {
      Map<String, Counts> labels = new HashMap<>();
      byLabel.forEach((label, counts) -> labels.put(label, new Counts(counts[0], counts[1])));
      evidence.add(
          new Comparison(
              new Counts(given, errors),
              new Counts(runs, slow),
              new Counts(pairs, lowConfidence),
              new Counts(pairs, outOfRange),
              labels,
              broken));
      clear();
    }
  }
}
