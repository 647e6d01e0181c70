package dev.skerry.schemas.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the catalogue.
 *
 * @param name the topic's name, the same at every site and in the cloud
 * @param keyDescription what the key is, for people
 * @param key the key's class; empty where the key is a UTF-8 string
 * @param value the value's class
 * @param writers which parts write it
 * @param readers which parts read it
 * @param mirror whether and how it crosses the link
 * @param partitions the same everywhere: the mirror keeps partition numbers
 * @param retention how long records stay
 * @param retentionBytes how much of each partition stays at most
 * @param maxMessageBytes the largest record batch that the topic takes
 */
public record Topic(
    String name,
    String keyDescription,
    Optional<Class<? extends SpecificRecord>> key,
    Class<? extends SpecificRecord> value,
    String writers,
    String readers,
    Mirror mirror,
    int partitions,
    Duration retention,
    long retentionBytes,
    int maxMessageBytes) {

  /** How a topic crosses the link. */
  public enum Mirror {
    NO("no"),
    EDGE_TO_CLOUD_URGENT("edge → cloud, urgent"),
    EDGE_TO_CLOUD_BULK("edge → cloud, bulk");

    private final String text;

    Mirror(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final int SEGMENT_BYTES = 64 << 20;

  /** Whether the topic's records go to the cloud. */
  public boolean mirrored() {
    return mirror != Mirror.NO;
  }

  /**
   * Settings of the topic at the edge. The append time is the record's timestamp there: event time
   * is in the value, and a replay of last year's data must not meet this week's retention.
   */
  public Map<String, String> edgeSettings() {
    Map<String, String> settings = commonSettings();
    settings.put("message.timestamp.type", "LogAppendTime");
    return settings;
  }

  /**
   * Settings of the topic in the cloud. The mirror hands over the edge's append time and the cloud
   * keeps it, however far the two clocks are apart.
   */
  public Map<String, String> cloudSettings() {
    Map<String, String> settings = commonSettings();
    settings.put("message.timestamp.type", "CreateTime");
    settings.put("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
    return settings;
  }

  private Map<String, String> commonSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", Long.toString(retention.toMillis()));
    settings.put("retention.bytes", Long.toString(retentionBytes));
    settings.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
    settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
    return settings;
  }
}
