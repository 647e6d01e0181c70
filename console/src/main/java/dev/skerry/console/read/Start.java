package dev.skerry.console.read;

import dev.skerry.schemas.topic.Topic;

/**
 * Where a topic is read from.
 *
 * @param back how many offsets of each partition before its end, 0 and up
 */
public record Start(Topic topic, long back) {

  /** From its oldest record on. */
  public static Start atBeginning(Topic topic) {
    return new Start(topic, Long.MAX_VALUE);
  }
}
