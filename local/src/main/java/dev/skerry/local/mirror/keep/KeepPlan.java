package dev.skerry.local.mirror.keep;

import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much of each mirrored topic is kept, so that the stated outage is survived where the disk has
 * room for it. Where it has not, bulk gives way before urgent, the largest partitions first, and in
 * each the oldest records.
 */
final class KeepPlan {

  /** What the catalogue keeps for less is not worth more: it is late then. */
  static final Duration PERISHABLE = Duration.ofDays(3);

  /** Rates are averages: what is kept is a quarter more than what they say. */
  static final double MARGIN = 1.25;

  /** A partition never keeps less than this, so that what comes now is not pushed out at once. */
  static final long LEAST_BYTES_EACH = 32L << 20;

  /** Until a broker has deleted what is too much. */
  private static final double SECONDS_TO_DELETE = 120;

  /** Brokers delete by whole segments, which are a quarter of what is kept at most. */
  private static final double WITHOUT_LAST_SEGMENT = 0.8;

  private KeepPlan() {}

  /**
   * The plan for topics that are deleted by age and size; the others only take their room.
   *
   * @param diskBytes what all of these topics may take together
   */
  static Map<Topic, Kept> of(Duration outage, long diskBytes, List<TopicUse> uses) {
    long growth = uses.stream().mapToLong(use -> use.growth(SECONDS_TO_DELETE)).sum();
    long room = diskBytes - growth;
    Share urgent =
        new Share(
            uses.stream().filter(TopicUse::isUrgent).toList(),
            room - leastOf(uses.stream().filter(use -> !use.isUrgent())));
    Share bulk =
        new Share(
            uses.stream().filter(use -> !use.isUrgent()).toList(),
            room - uses.stream().filter(TopicUse::isUrgent).mapToLong(TopicUse::bytes).sum());
    Map<Topic, Kept> plan = new LinkedHashMap<>();
    for (TopicUse use : uses) {
      if (use.isDeleted()) {
        plan.put(use.topic(), (use.isUrgent() ? urgent : bulk).kept(use, outage));
      }
    }
    return plan;
  }

  private static long leastOf(Stream<TopicUse> uses) {
    return uses.mapToLong(use -> LEAST_BYTES_EACH * use.partitionBytes().size()).sum();
  }

  /** What urgent or bulk topics may take together. */
  private record Share(List<TopicUse> uses, long bytes) {

    Kept kept(TopicUse use, Duration outage) {
      long needed = Math.round(use.bytesPerSecond() * outage.toSeconds() * MARGIN);
      long wanted = Math.max(use.topic().retentionBytes(), needed);
      long each = Math.max(LEAST_BYTES_EACH, Math.min(wanted, level()));
      return new Kept(time(use.topic(), outage), each, Math.min(each, sureBytesEach()));
    }

    /** What each partition has where all grow as far as they can. */
    private long sureBytesEach() {
      List<Long> sizes = sizes();
      long evenly = deletableBytes() / Math.max(1, sizes.size());
      return Math.max(LEAST_BYTES_EACH, Math.round(evenly * WITHOUT_LAST_SEGMENT));
    }

    /**
     * The size at which partitions must stop so that all together take no more than the share: the
     * largest give way first. No bound while they take less.
     */
    private long level() {
      List<Long> sizes = sizes();
      long left = deletableBytes();
      for (int i = 0; i < sizes.size(); i++) {
        long evenly = left / (sizes.size() - i);
        if (sizes.get(i) > evenly) {
          return Math.round(evenly * WITHOUT_LAST_SEGMENT);
        }
        left -= sizes.get(i);
      }
      return Long.MAX_VALUE;
    }

    private long deletableBytes() {
      long compacted =
          uses.stream().filter(use -> !use.isDeleted()).mapToLong(TopicUse::bytes).sum();
      return Math.max(0, bytes - compacted);
    }

    private List<Long> sizes() {
      return uses.stream()
          .filter(TopicUse::isDeleted)
          .flatMap(use -> use.partitionBytes().stream())
          .sorted()
          .toList();
    }
  }

  private static Duration time(Topic topic, Duration outage) {
    Duration needed = Duration.ofMillis(Math.round(outage.toMillis() * MARGIN));
    boolean keepsLonger = topic.retention().compareTo(needed) >= 0;
    boolean isPerishable = topic.retention().compareTo(PERISHABLE) < 0;
    return keepsLonger || isPerishable ? topic.retention() : needed;
  }
}
