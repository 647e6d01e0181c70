package dev.skerry.local.ledger;

import dev.skerry.local.terminal.Table;
import dev.skerry.local.terminal.Text;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger of answers says of a site's telemetry, by topic, partition and offset. Immutable.
 */
public record AnswerEntries(List<AnswerEntry> entries) {

  private static final Set<AnswerVerdict> PROBLEMS =
      EnumSet.of(AnswerVerdict.UNANSWERED, AnswerVerdict.ANSWERED_TWICE, AnswerVerdict.GAP);

  public AnswerEntries {
    entries = List.copyOf(entries);
  }

  /** Reads the topic {@code answer-ledger} up to what is committed now. */
  public static AnswerEntries read(Broker broker) {
    AvroDecoder<AnswerKey> keys = new AvroDecoder<>(AnswerKey.class);
    AvroDecoder<AnswerEntry> values = new AvroDecoder<>(AnswerEntry.class);
    Map<AnswerKey, AnswerEntry> latest = new HashMap<>();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.ANSWER_LEDGER.name()))),
          record -> {
            if (keys.decode(record.key()) instanceof Decoded.Value<AnswerKey> key
                && values.decode(record.value()) instanceof Decoded.Value<AnswerEntry> value) {
              latest.put(key.value(), value.value());
            }
          });
    }
    return new AnswerEntries(
        latest.values().stream()
            .filter(entry -> entry.getVerdict() != AnswerVerdict.IGNORED)
            .filter(entry -> entry.getVerdict() == AnswerVerdict.COMPLETE || entry.getCount() > 0)
            .sorted(
                Comparator.comparing(AnswerEntry::getTopic)
                    .thenComparing(AnswerEntry::getPartition)
                    .thenComparing(AnswerEntry::getVerdict)
                    .thenComparing(AnswerEntry::getFirstOffset))
            .toList());
  }

  /** What is unanswered, answered twice or gone. */
  public List<AnswerEntry> problems() {
    return entries.stream().filter(entry -> PROBLEMS.contains(entry.getVerdict())).toList();
  }

  /** All of it in one line. */
  public String summary() {
    return "%s answered, %s unanswered, %s twice, %s gone unanswered"
        .formatted(
            count(AnswerVerdict.COMPLETE),
            count(AnswerVerdict.UNANSWERED),
            count(AnswerVerdict.ANSWERED_TWICE),
            count(AnswerVerdict.GAP));
  }

  private String count(AnswerVerdict verdict) {
    return Text.count(
        entries.stream()
            .filter(entry -> entry.getVerdict() == verdict)
            .mapToLong(AnswerEntry::getCount)
            .sum());
  }

  /** A row for each of these. */
  public static String table(List<AnswerEntry> entries) {
    Table table =
        new Table(List.of("telemetry", "partition", "verdict", "records", "offsets", "before"));
    for (AnswerEntry entry : entries) {
      table.row(
          entry.getTopic(),
          Integer.toString(entry.getPartition()),
          entry.getVerdict().name(),
          Text.count(entry.getCount()),
          Long.toString(entry.getFirstOffset()),
          Long.toString(entry.getEndOffset()));
    }
    return table.text();
  }
}
