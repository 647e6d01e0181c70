package dev.skerry.local.link;

import dev.skerry.console.read.Figures;
import dev.skerry.console.read.Figures.Sample;
import dev.skerry.local.terminal.Table;
import dev.skerry.local.terminal.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What crosses a site's link and what waits for it, as the site's mirror says.
 *
 * @param topics those of which anything has crossed since the mirror started, or waits
 */
public record LinkTraffic(List<OfTopic> topics) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * That of one topic.
   *
   * @param records that have crossed
   * @param contentBytes of their keys, values and headers
   * @param linkBytes of the batches in which they crossed, compressed
   * @param waitingRecords that have not
   * @param waitingBytes that these take at the site
   * @param waitingSeconds how long the oldest of them has been waiting
   * @param roomSeconds how long until one of them is deleted
   */
  public record OfTopic(
      String topic,
      long records,
      long contentBytes,
      long linkBytes,
      long waitingRecords,
      long waitingBytes,
      double waitingSeconds,
      double roomSeconds) {

    boolean isSilent() {
      return records == 0 && waitingRecords == 0;
    }

    private String bytesEach(long bytes) {
      return records == 0 ? "" : Text.count(Math.round((double) bytes / records));
    }

    private String share() {
      return contentBytes == 0
          ? ""
          : String.format(Locale.ROOT, "%.0f %%", 100.0 * linkBytes / contentBytes);
    }

    private String waiting() {
      return waitingRecords == 0
          ? ""
          : "%s for %s"
              .formatted(Text.count(waitingRecords), Text.millis((long) (waitingSeconds * 1000)));
    }
  }

  public LinkTraffic {
    topics = List.copyOf(topics);
  }

  /**
   * Asks a mirror on this machine; empty where it does not answer.
   *
   * @param portFile holds the port on which it does
   */
  public static Optional<LinkTraffic> ask(Path portFile) throws InterruptedException {
    try {
      URI metrics =
          URI.create("http://127.0.0.1:" + Files.readString(portFile).strip() + "/metrics");
      HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
      HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return Optional.of(of(Figures.parse(answer.body())));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static LinkTraffic of(Figures figures) {
    return new LinkTraffic(
        figures.of("skerry_mirror_content_records_total").stream()
            .map(records -> of(records, figures))
            .filter(topic -> !topic.isSilent())
            .toList());
  }

  private static OfTopic of(Sample records, Figures figures) {
    String topic = records.label("topic");
    return new OfTopic(
        topic,
        (long) records.value(),
        (long) value(figures, "skerry_mirror_content_bytes_total", topic),
        (long) value(figures, "skerry_mirror_batch_bytes_total", topic),
        (long) value(figures, "skerry_link_backlog_records", topic),
        (long) value(figures, "skerry_link_backlog_bytes", topic),
        value(figures, "skerry_link_backlog_seconds", topic),
        value(figures, "skerry_link_room_seconds", topic));
  }

  private static double value(Figures figures, String name, String topic) {
    return figures.of(name).stream()
        .filter(sample -> sample.label("topic").equals(topic))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(0);
  }

  /** A line for each topic, below one that names the columns; empty where there is none. */
  public List<String> describe() {
    if (topics.isEmpty()) {
      return List.of();
    }
    Table table =
        new Table(List.of("crossed it", "records", "bytes each", "on the link", "of that", "wait"));
    for (OfTopic topic : topics) {
      table.row(
          topic.topic(),
          Text.count(topic.records()),
          topic.bytesEach(topic.contentBytes()),
          topic.bytesEach(topic.linkBytes()),
          topic.share(),
          topic.waiting());
    }
    return table.text().lines().toList();
  }
}
