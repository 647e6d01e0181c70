package dev.skerry.local.mirror.backlog;

import java.time.Duration;
import java.util.Optional;

/**
 * What retention took of one partition before it was mirrored. Written by one thread; {@link
 * #offsets} may be asked by any.
 */
final class Overtaken {

  /** For so long a loss is shown, also where the mirror has gone on behind it at once. */
  static final Duration SHOWN = Duration.ofDays(1);

  private long accounted;
  private volatile long offsets;
  private volatile long shownUntilMillis;

  /**
   * What is gone.
   *
   * @param partition its number
   * @param first the first offset
   * @param last the last one
   */
  record Loss(int partition, long first, long last) {

    long offsets() {
      return last - first + 1;
    }
  }

  /** What is gone since the look before. */
  Optional<Loss> look(int partition, PartitionBacklog backlog, long nowMillis) {
    Optional<Loss> loss = Optional.empty();
    long from = Math.max(backlog.next(), accounted);
    if (backlog.first() > from) {
      Loss found = new Loss(partition, from, backlog.first() - 1);
      offsets = offsets(nowMillis) + found.offsets();
      shownUntilMillis = nowMillis + SHOWN.toMillis();
      loss = Optional.of(found);
    }
    // What ends with the marks of transactions is mirrored before these: nobody misses them.
    accounted = Math.max(from, backlog.waits() ? backlog.first() : backlog.end());
    return loss;
  }

  /** How many offsets were lost within a day of each other, until a day after the last. */
  long offsets(long nowMillis) {
    return nowMillis < shownUntilMillis ? offsets : 0;
  }
}
