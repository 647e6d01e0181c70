package dev.skerry.inference.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * How many records are answered and committed together. Without a latency target that is all that
 * was polled. With one, a round may take half of it, as a record that comes just after a round
 * began waits for that round and then for its own. Not thread-safe: one per worker.
 *
 * <p>Records that have already waited for longer than the target are past saving: then rounds are
 * as large as they can be, which is the quickest way back.
 */
public final class RoundLimit {

  /** Before anything is known, small rounds are the ones that do no harm. */
  private static final int FIRST_ROUND = 64;

  private final CostModel cost = new CostModel();
  private final Optional<Duration> target;
  private final int maxInclusive;

  /**
   * A limit.
   *
   * @param target how long a record may take from its append to its committed answer
   * @param maxInclusive the most records of a round
   */
  public RoundLimit(Optional<Duration> target, int maxInclusive) {
    this.target = target;
    this.maxInclusive = maxInclusive;
  }

  /** The most records of the next round, given how long the oldest of them has waited. */
  public int records(long waitedMillis) {
    if (target.isEmpty() || waitedMillis > target.get().toMillis()) {
      return maxInclusive;
    }
    if (!cost.isFitted()) {
      return Math.min(FIRST_ROUND, maxInclusive);
    }
    int fitting = cost.largestWithin(target.get().toNanos() / 2.0, maxInclusive);
    // A target that no round keeps is no reason to commit every record alone.
    return fitting > 0 ? fitting : cost.balanced(maxInclusive);
  }

  /** A round was committed. */
  public void observe(int records, double nanos) {
    if (target.isPresent()) {
      cost.observe(records, nanos);
    }
  }
}
