package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topic.Flow;
import dev.skerry.schemas.topic.Topics;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a site uses its link.
 *
 * @param bulkBytesPerSecond how much of it bulk may take at most; empty for no bound
 * @param compression of everything that crosses it
 * @param detections whether detections cross it too, as bulk
 */
public record LinkUse(
    OptionalLong bulkBytesPerSecond, Compression compression, boolean detections) {

  /** All of it, compressed, without detections. */
  public static final LinkUse STANDARD =
      new LinkUse(OptionalLong.empty(), Compression.ZSTD, /* detections= */ false);

  /** The catalogue with what this site mirrors besides. */
  List<Topic> catalogue() {
    return Topics.all().stream()
        .map(
            topic ->
                detections && topic.equals(Topics.DETECTIONS) ? topic.withFlow(Flow.BULK) : topic)
        .toList();
  }
}
