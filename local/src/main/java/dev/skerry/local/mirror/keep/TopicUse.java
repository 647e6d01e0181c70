package dev.skerry.local.mirror.keep;

import dev.skerry.schemas.topic.Topic;
import java.util.List;

/**
 * What a mirrored topic takes of the site's disk.
 *
 * @param partitionBytes what each of its partitions takes now
 * @param bytesPerSecond how fast the fastest of them grows
 */
public record TopicUse(Topic topic, List<Long> partitionBytes, double bytesPerSecond) {

  public TopicUse {
    partitionBytes = List.copyOf(partitionBytes);
  }

  boolean isUrgent() {
    return topic.flow() == Topic.Flow.URGENT;
  }

  boolean isDeleted() {
    return topic.cleanup() == Topic.Cleanup.DELETE;
  }

  long bytes() {
    return partitionBytes.stream().mapToLong(Long::longValue).sum();
  }

  /** How much all its partitions together may grow in so many seconds. */
  long growth(double seconds) {
    return Math.round(bytesPerSecond * seconds * partitionBytes.size());
  }
}
