package dev.skerry.service.streams;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the broker last said of a group's progress, and what follows from it. What is older than
 * {@link #STALE_AFTER} says nothing. Thread-safe for one writer.
 */
final class ProgressLog {

  static final Duration STALE_AFTER = Duration.ofSeconds(5);
  static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private volatile Sample last;

  /**
   * What was found at one time.
   *
   * @param movedAtMillis when the committed offsets last moved or there was nothing to read
   */
  private record Sample(long atMillis, GroupLag.Snapshot found, long movedAtMillis) {
    boolean isFresh(long nowMillis) {
      return nowMillis - atMillis < STALE_AFTER.toMillis();
    }
  }

  /** Empty: as if the broker had answered long ago. */
  ProgressLog(long nowMillis) {
    long longAgoMillis = nowMillis - STALE_AFTER.toMillis();
    last = new Sample(longAgoMillis, new GroupLag.Snapshot(0, 0), longAgoMillis);
  }

  void add(GroupLag.Snapshot found, long nowMillis) {
    Sample before = last;
    boolean moved = found.lagRecords() == 0 || found.committed() != before.found().committed();
    last = new Sample(nowMillis, found, moved ? nowMillis : before.movedAtMillis());
  }

  /** Records that are not processed yet; empty where the broker does not say. */
  OptionalLong lagRecords(long nowMillis) {
    Sample sample = last;
    return sample.isFresh(nowMillis)
        ? OptionalLong.of(sample.found().lagRecords())
        : OptionalLong.empty();
  }

  /** Says so where there is something to read and nothing was committed for a long time. */
  Optional<String> stalled(long nowMillis) {
    Sample sample = last;
    long stillMillis = sample.atMillis() - sample.movedAtMillis();
    return sample.isFresh(nowMillis) && stillMillis >= STALLED_AFTER.toMillis()
        ? Optional.of(
            "nothing was committed for %d s, and %d records wait"
                .formatted(stillMillis / 1000, sample.found().lagRecords()))
        : Optional.empty();
  }
}
