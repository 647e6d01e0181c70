package dev.skerry.local.mirror.backlog;

import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.event.Level;

/**
 * Finds once when a topic's room gets short, once when it is over, and each time when records were
 * deleted that the cloud does not have. Not thread-safe.
 */
final class RoomWarning {

  private static final int SHORT_SHARE = 4;

  private final Topic topic;
  private final Duration shortRoom;
  private boolean warned;

  /** What an operator should know. */
  record Finding(Level level, String text) {}

  RoomWarning(Topic topic, Duration outage) {
    this.topic = topic;
    Duration meant = outage.compareTo(topic.retention()) < 0 ? outage : topic.retention();
    this.shortRoom = meant.dividedBy(SHORT_SHARE);
  }

  /** What is new since the look before. */
  List<Finding> check(TopicBacklog.Look look) {
    List<Finding> findings = new ArrayList<>();
    look.losses().forEach(loss -> findings.add(overtaken(loss)));
    boolean isShort = look.records() > 0 && look.room().compareTo(shortRoom) < 0;
    if (isShort && !warned) {
      findings.add(
          new Finding(
              Level.WARN,
              "%s has room for %s more of outage, then the oldest of its %d waiting records are deleted: restore the link, or give the site more disk"
                  .formatted(topic.name(), look.room(), look.records())));
    } else if (!isShort && warned) {
      findings.add(
          new Finding(
              Level.INFO,
              "%s has room for %s of outage again".formatted(topic.name(), look.room())));
    }
    warned = isShort;
    return findings;
  }

  private Finding overtaken(Overtaken.Loss loss) {
    return new Finding(
        Level.ERROR,
        "Retention has overtaken the mirror: %d offsets of %s are gone that the cloud does not have, %d to %d of partition %d; the ledger names their minutes"
            .formatted(loss.offsets(), topic.name(), loss.first(), loss.last(), loss.partition()));
  }
}
