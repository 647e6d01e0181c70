package dev.skerry.local.mirror.backlog;

import java.time.Duration;
import java.util.Optional;

/**
 * What one partition holds that the other side does not have yet.
 *
 * @param first the first offset that is still kept
 * @param next the first offset that is not mirrored, as far as is known
 * @param end the offset after the last committed record
 * @param bytes how much the partition takes on disk
 * @param oldestWaitingMillis append time of the first record that is not mirrored; empty where all
 *     are
 */
record PartitionBacklog(
    long first, long next, long end, long bytes, Optional<Long> oldestWaitingMillis) {

  /** Whether a record waits. */
  boolean waits() {
    return oldestWaitingMillis.isPresent();
  }

  /** Offsets that wait, the marks of transactions included; 0 where no record waits. */
  long waitingRecords() {
    return waits() ? Math.max(0, end - Math.max(next, first)) : 0;
  }

  /** What the waiting records take, by the partition's average. */
  long waitingBytes() {
    long kept = end - first;
    return kept <= 0 ? 0 : Math.round((double) bytes / kept * waitingRecords());
  }

  /** How long the oldest record has been waiting. */
  Duration waitingSince(long nowMillis) {
    return oldestWaitingMillis
        .map(oldest -> Duration.ofMillis(Math.max(0, nowMillis - oldest)))
        .orElse(Duration.ZERO);
  }

  /**
   * How long until the first record that waits is deleted: by its age, or because newer ones push
   * it out.
   *
   * @param retention how long records are kept
   * @param retentionBytes how much of the partition is kept
   * @param bytesPerSecond how fast the partition grows
   */
  Duration room(Duration retention, long retentionBytes, double bytesPerSecond, long nowMillis) {
    Duration byAge = retention.minus(waitingSince(nowMillis));
    double freeBytes = retentionBytes - (double) waitingBytes();
    Duration bySize =
        bytesPerSecond <= 0
            ? retention
            : Duration.ofSeconds(
                (long) Math.min(freeBytes / bytesPerSecond, (double) retention.toSeconds()));
    Duration room = byAge.compareTo(bySize) < 0 ? byAge : bySize;
    return room.isNegative() ? Duration.ZERO : room;
  }
}
