package dev.skerry.console.picture;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The link to the cloud, by what the mirror says of it. Not thread-safe. */
final class LinkBoard {

  private static final String SENT_BYTES = "skerry_mirror_sent_bytes_total";
  private static final String SENT_RECORDS = "skerry_mirror_sent_records_total";

  private static final String CONTENT_RECORDS = "skerry_mirror_content_records_total";
  private static final String CONTENT_BYTES = "skerry_mirror_content_bytes_total";
  private static final String PACKED_BYTES = "skerry_mirror_batch_bytes_total";

  private final Growth sent = new Growth();
  private final Growth kept = new Growth();
  private final Growth content = new Growth();
  private final Growth packed = new Growth();
  private final Rate sentBytes = new Rate();
  private final Rate sentRecords = new Rate();
  private @Nullable Link latest;

  /**
   * The link as the page shows it.
   *
   * @param state none, unknown, up, away, or what it was told to be
   * @param records that wait for it
   * @param bytes that they take
   * @param waitingSeconds how long the oldest has been waiting
   * @param roomSeconds how long until a record is deleted that the cloud does not have
   * @param sentPerSecond bytes that cross it each second
   * @param recordsPerSecond records that cross it each second
   * @param sentBytes that have crossed it since the console started
   * @param keptBytes by which the site's telemetry has grown meanwhile
   * @param contentBytes of the records that crossed meanwhile, before compression
   * @param packedBytes the same as they crossed; 0 where the mirror does not say
   */
  record Link(
      String state,
      long records,
      long bytes,
      double waitingSeconds,
      double roomSeconds,
      double sentPerSecond,
      double recordsPerSecond,
      double sentBytes,
      double keptBytes,
      double contentBytes,
      double packedBytes,
      List<Waiting> topics) {}

  /**
   * What waits in one topic.
   *
   * @param bytesEach what a record of it takes on the link; 0 where none has crossed
   */
  record Waiting(
      String topic,
      long records,
      long bytes,
      double seconds,
      double roomSeconds,
      double bytesEach) {}

  /**
   * Looks once.
   *
   * @param told how it was told to be, where somebody can tell it
   * @param telemetryBytes what the site's telemetry takes now
   */
  Link look(long nowMillis, Optional<Figures> mirror, Optional<String> told, long telemetryBytes) {
    kept.observe((double) telemetryBytes);
    if (mirror.isEmpty()) {
      latest = new Link(told.orElse("none"), 0, 0, 0, 0, 0, 0, 0, kept.sum(), 0, 0, List.of());
      return latest;
    }
    Figures figures = mirror.get();
    if (!figures.has("skerry_link_up")) {
      return unseen(told);
    }
    sent.observe(figures.sum(SENT_BYTES));
    content.observe(figures.sum(CONTENT_BYTES));
    packed.observe(figures.sum(PACKED_BYTES));
    sentBytes.observe(nowMillis, figures.sum(SENT_BYTES));
    sentRecords.observe(nowMillis, figures.sum(SENT_RECORDS));
    List<Waiting> topics = topics(figures);
    latest =
        new Link(
            told.orElse(figures.sum("skerry_link_up") > 0 ? "up" : "away"),
            topics.stream().mapToLong(Waiting::records).sum(),
            topics.stream().mapToLong(Waiting::bytes).sum(),
            topics.stream().mapToDouble(Waiting::seconds).max().orElse(0),
            topics.stream().mapToDouble(Waiting::roomSeconds).min().orElse(0),
            sentBytes.perSecond(),
            sentRecords.perSecond(),
            sent.sum(),
            kept.sum(),
            content.sum(),
            packed.sum(),
            topics);
    return latest;
  }

  /** The mirror does not answer now: what it said last holds, as far as it said anything. */
  private Link unseen(Optional<String> told) {
    Link before = latest;
    String state = told.orElse("unknown");
    return before == null
        ? new Link(state, 0, 0, 0, 0, 0, 0, 0, kept.sum(), 0, 0, List.of())
        : new Link(
            state,
            before.records(),
            before.bytes(),
            before.waitingSeconds(),
            before.roomSeconds(),
            0,
            0,
            before.sentBytes(),
            kept.sum(),
            before.contentBytes(),
            before.packedBytes(),
            before.topics());
  }

  private static List<Waiting> topics(Figures figures) {
    Map<String, Waiting> topics = new TreeMap<>();
    for (Sample records : figures.of("skerry_link_backlog_records")) {
      String topic = records.label("topic");
      topics.put(
          topic,
          new Waiting(
              topic,
              (long) records.value(),
              (long) value(figures, "skerry_link_backlog_bytes", topic),
              value(figures, "skerry_link_backlog_seconds", topic),
              value(figures, "skerry_link_room_seconds", topic),
              value(figures, PACKED_BYTES, topic)
                  / Math.max(1, value(figures, CONTENT_RECORDS, topic))));
    }
    return List.copyOf(topics.values());
  }

  private static double value(Figures figures, String name, String topic) {
    return figures.of(name).stream()
        .filter(sample -> sample.label("topic").equals(topic))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(0);
  }
}
