package dev.skerry.schemas.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One topic of the catalogue.
 *
 * @param name the topic's name, the same at every site and in the cloud
 * @param home the side on which it is written
 * @param onEachSide whether the other side has one of the same name for itself
 * @param flow whether and how it crosses the link to the other side
 * @param keyDescription what the key is, for people
 * @param key the key's class; empty where the key is a UTF-8 string
 * @param value the value's class
 * @param writers which parts write it
 * @param readers which parts read it
 * @param partitions the same everywhere: the mirror keeps partition numbers
 * @param cleanup what becomes of old records
 * @param retention how long records stay where they are deleted by age
 * @param retentionBytes how much of each partition stays at most where they are deleted by age
 * @param maxMessageBytes the largest record batch that the topic takes
 */
public record Topic(
    String name,
    Side home,
    boolean onEachSide,
    Flow flow,
    String keyDescription,
    Optional<Class<? extends SpecificRecord>> key,
    Class<? extends SpecificRecord> value,
    String writers,
    String readers,
    int partitions,
    Cleanup cleanup,
    Duration retention,
    long retentionBytes,
    int maxMessageBytes) {

  /** How a topic crosses the link. */
  public enum Flow {
    /** Not at all. */
    NONE,
    /** Small and awaited; never held up by bulk. */
    URGENT,
    /** Large; it waits for the rest. */
    BULK
  }

  /** What becomes of old records. */
  public enum Cleanup {
    /** Deleted by age and size. */
    DELETE,
    /** The last of each key stays for ever. */
    COMPACT
  }

  private static final int SEGMENT_BYTES = 64 << 20;

  /** The same topic, crossing the link in another way. */
  public Topic withFlow(Flow other) {
    return new Topic(
        name,
        home,
        onEachSide,
        other,
        keyDescription,
        key,
        value,
        writers,
        readers,
        partitions,
        cleanup,
        retention,
        retentionBytes,
        maxMessageBytes);
  }

  /** Whether the topic's records go to the other side. */
  public boolean mirrored() {
    return flow != Flow.NONE;
  }

  /** Whether the topic exists on that side. */
  public boolean existsAt(Side side) {
    return home == side || onEachSide || mirrored();
  }

  /** Whether and how it crosses the link, for people. */
  public String describeFlow() {
    String where = home == Side.EDGE ? "edge → cloud" : "cloud → edge";
    if (mirrored()) {
      return where + ", " + flow.name().toLowerCase(Locale.ROOT);
    }
    if (onEachSide) {
      return "no (each side its own)";
    }
    return home == Side.EDGE ? "no" : "no (cloud)";
  }

  /** How long records stay, for people. */
  public String describeRetention() {
    return cleanup == Cleanup.COMPACT ? "last of each key" : retention.toDays() + " d";
  }

  /** How it is made on one side, with as many replicas as the brokers there give a new topic. */
  public NewTopic newTopic(Side side) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings(side));
  }

  /**
   * Settings of the topic on one side. At home the append time is the record's timestamp: event
   * time is in the value, and a replay of last year's data must not meet this week's retention. On
   * the other side the time that the mirror hands over is kept, however far the two clocks are
   * apart.
   */
  public Map<String, String> settings(Side side) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", cleanup.name().toLowerCase(Locale.ROOT));
    if (cleanup == Cleanup.DELETE) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
      settings.put("retention.bytes", Long.toString(retentionBytes));
    }
    settings.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
    settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
    if (side == home || onEachSide) {
      settings.put("message.timestamp.type", "LogAppendTime");
    } else {
      settings.put("message.timestamp.type", "CreateTime");
      settings.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    }
    return settings;
  }
}
