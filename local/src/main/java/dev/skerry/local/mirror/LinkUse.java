package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topic.Flow;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a site uses its link.
 *
 * @param bulkBytesPerSecond how much of it bulk may take at most; empty for no bound
 * @param compression of everything that crosses it
 * @param detections whether detections cross it too, as bulk
 * @param groups patterns of the names of groups whose place in what goes up is carried along; none
 *     for no group
 */
public record LinkUse(
    OptionalLong bulkBytesPerSecond,
    Compression compression,
    boolean detections,
    List<String> groups) {

  /** All of it, compressed, without detections and without groups. */
  public static final LinkUse STANDARD =
      new LinkUse(OptionalLong.empty(), Compression.ZSTD, /* detections= */ false, List.of());

  /** Refuses what is no pattern. */
  public LinkUse {
    groups = List.copyOf(groups);
    for (String group : groups) {
      try {
        Pattern.compile(group);
      } catch (PatternSyntaxException e) {
        throw new ConfigException(
            "mirror.groups has \"" + group + "\", which is no regular expression", e);
      }
    }
  }

  /** The same with another compression. */
  public LinkUse compressed(Compression other) {
    return new LinkUse(bulkBytesPerSecond, other, detections, groups);
  }

  /** The same with detections. */
  public LinkUse withDetections() {
    return new LinkUse(bulkBytesPerSecond, compression, /* detections= */ true, groups);
  }

  /** The same with these groups. */
  public LinkUse withGroups(List<String> others) {
    return new LinkUse(bulkBytesPerSecond, compression, detections, others);
  }

  /** The catalogue with what this site mirrors besides. */
  List<Topic> catalogue() {
    return Topics.all().stream()
        .map(
            topic ->
                detections && topic.equals(Topics.DETECTIONS) ? topic.withFlow(Flow.BULK) : topic)
        .toList();
  }
}
