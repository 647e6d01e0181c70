package dev.skerry.local.mirror.backlog;

import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once when a topic's room gets short, once when it is over, and once when records were
 * deleted that the cloud does not have. Not thread-safe.
 */
final class RoomWarning {

  private static final Logger log = LoggerFactory.getLogger(RoomWarning.class);
  private static final int SHORT_SHARE = 4;

  private final Topic topic;
  private final Duration shortRoom;
  private boolean warned;
  private long overtaken;

  RoomWarning(Topic topic, Duration outage) {
    this.topic = topic;
    Duration meant = outage.compareTo(topic.retention()) < 0 ? outage : topic.retention();
    this.shortRoom = meant.dividedBy(SHORT_SHARE);
  }

  void check(TopicBacklog.Look look) {
    if (look.overtaken() > overtaken) {
      log.error(
          "Retention has overtaken the mirror: {} offsets of {} are gone that the cloud does not"
              + " have; the ledger names them",
          look.overtaken(),
          topic.name());
    }
    overtaken = look.overtaken();
    boolean isShort = look.records() > 0 && look.room().compareTo(shortRoom) < 0;
    if (isShort && !warned) {
      log.warn(
          "{} has room for {} more of outage, then the oldest of its {} waiting records are"
              + " deleted: restore the link, or give the site more disk",
          topic.name(),
          look.room(),
          look.records());
    } else if (!isShort && warned) {
      log.info("{} has room for {} of outage again", topic.name(), look.room());
    }
    warned = isShort;
  }
}
