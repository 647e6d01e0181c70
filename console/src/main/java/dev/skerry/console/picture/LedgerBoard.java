package dev.skerry.console.picture;

import dev.skerry.console.read.Seen;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The verdicts on the last half hour of each mirrored topic of the site. Not thread-safe. */
final class LedgerBoard {

  private static final int WINDOWS = 30;

  private final String siteId;
  private final AvroDecoder<Completeness> decoder;
  private final Map<String, NavigableMap<Long, Window>> topics = new TreeMap<>();

  LedgerBoard(String siteId, WriterSchemas schemas) {
    this.siteId = siteId;
    this.decoder = new AvroDecoder<>(Completeness.class, schemas);
  }

  /**
   * A minute of a topic.
   *
   * @param start in milliseconds since the epoch
   * @param edge records that the site wrote; null while its page has not arrived
   */
  record Window(long start, String verdict, long difference, @Nullable Long edge, long cloud) {}

  /** A topic with its minutes, the oldest first. */
  record Row(String topic, List<Window> windows) {}

  void take(Seen seen) {
    if (decoder.decode(seen.record().value()) instanceof Decoded.Value<Completeness> decoded
        && decoded.value().getSiteId().equals(siteId)) {
      Completeness window = decoded.value();
      NavigableMap<Long, Window> windows =
          topics.computeIfAbsent(window.getTopic(), made -> new TreeMap<>());
      windows.put(
          window.getWindowStart().toEpochMilli(),
          new Window(
              window.getWindowStart().toEpochMilli(),
              window.getVerdict().name(),
              window.getDifference(),
              window.getEdgeCount(),
              window.getCloudCount()));
      if (windows.size() > WINDOWS) {
        windows.pollFirstEntry();
      }
    }
  }

  List<Row> rows() {
    return topics.entrySet().stream()
        .map(topic -> new Row(topic.getKey(), List.copyOf(topic.getValue().values())))
        .toList();
  }
}
