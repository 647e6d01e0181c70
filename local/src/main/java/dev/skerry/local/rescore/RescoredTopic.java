package dev.skerry.local.rescore;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.util.Optional;

/**
 * The topic of one rescoring, {@code rescored-NAME}: detections as in {@code detections}, which
 * nobody takes for answers. It is in no catalogue, and crosses no link.
 */
public final class RescoredTopic {

  private static final String PREFIX = "rescored-";
  private static final String NAME = "[A-Za-z0-9._-]{1,100}";

  private RescoredTopic() {}

  /** The topic of a rescoring; empty for a name that no topic can have. */
  public static Optional<Topic> of(String name) {
    return named(PREFIX + name);
  }

  /** The topic of that name; empty where it is none of a rescoring. */
  public static Optional<Topic> named(String topic) {
    if (!topic.matches(PREFIX + NAME)) {
      return Optional.empty();
    }
    Topic like = Topics.DETECTIONS;
    return Optional.of(
        new Topic(
            topic,
            like.home(),
            like.onEachSide(),
            Topic.Flow.NONE,
            like.keyDescription(),
            like.key(),
            like.value(),
            "skerry rescore",
            "people",
            like.partitions(),
            like.cleanup(),
            like.retention(),
            like.retentionBytes(),
            like.maxMessageBytes()));
  }
}
