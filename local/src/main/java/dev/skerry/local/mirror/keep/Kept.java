package dev.skerry.local.mirror.keep;

import dev.skerry.schemas.topic.Topic;
import java.time.Duration;

/**
 * How much of a topic is kept.
 *
 * @param time how long records stay
 * @param bytesEach how much of each partition stays; what is older than the rest goes first
 * @param sureBytesEach how much of each stays even where all partitions fill up
 */
public record Kept(Duration time, long bytesEach, long sureBytesEach) {

  private static final long MIB = 1L << 20;
  private static final long SMALLEST_SEGMENT_BYTES = 8 * MIB;
  private static final long LARGEST_SEGMENT_BYTES = 64 * MIB;

  /** As the catalogue says. */
  public static Kept asCatalogued(Topic topic) {
    return new Kept(topic.retention(), topic.retentionBytes(), topic.retentionBytes());
  }

  /** A quarter of what is surely kept: brokers delete by whole segments, and never the newest. */
  long segmentBytes() {
    return Math.min(
        LARGEST_SEGMENT_BYTES,
        Math.max(SMALLEST_SEGMENT_BYTES, Long.highestOneBit(sureBytesEach / 4)));
  }

  /**
   * Whether it is so near to what is wanted that a broker need not be told: rates waver, and what
   * must shrink is more urgent than what may grow.
   */
  boolean isAbout(Kept wanted) {
    double ratio = (double) wanted.bytesEach / bytesEach;
    return time.equals(wanted.time)
        && segmentBytes() == wanted.segmentBytes()
        && ratio > 0.94
        && ratio < 1.5;
  }
}
