package dev.skerry.schemas.topic;

import java.util.stream.Collectors;

/** The catalogue of topics as the table that the README shows. */
public final class TopicTable {

  private static final String HEAD =
      """
      | topic | key | value | who writes → who reads | mirrored | partitions | kept |
      |---|---|---|---|---|---|---|
      """;

  private TopicTable() {}

  /** The table in Markdown, a row for each topic, in the order of the flow. */
  public static String markdown() {
    return HEAD + Topics.all().stream().map(TopicTable::row).collect(Collectors.joining());
  }

  private static String row(Topic topic) {
    return "| `%s` | %s | %s | %s → %s | %s | %d | %s |%n"
        .formatted(
            topic.name(),
            topic.keyDescription(),
            topic.value().getSimpleName(),
            topic.writers(),
            topic.readers(),
            topic.describeFlow(),
            topic.partitions(),
            topic.describeRetention());
  }
}
