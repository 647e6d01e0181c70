package dev.skerry.console.picture;

import dev.skerry.console.read.Seen;
import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What the ledger of answers says of the site's telemetry. Not thread-safe. */
final class AnswerBoard {

  private final AvroDecoder<AnswerKey> keys;
  private final AvroDecoder<AnswerEntry> values;
  private final Map<AnswerVerdict, Map<AnswerKey, Long>> counts =
      new EnumMap<>(AnswerVerdict.class);

  AnswerBoard(WriterSchemas schemas) {
    this.keys = new AvroDecoder<>(AnswerKey.class, schemas);
    this.values = new AvroDecoder<>(AnswerEntry.class, schemas);
  }

  /**
   * Telemetry by what became of it.
   *
   * @param twice answers that are too many
   * @param gone offsets that retention took unanswered
   */
  record Answers(long complete, long unanswered, long twice, long gone) {}

  void take(Seen seen) {
    if (seen.record().key() != null
        && seen.record().value() != null
        && keys.decode(seen.record().key()) instanceof Decoded.Value<AnswerKey> key
        && values.decode(seen.record().value()) instanceof Decoded.Value<AnswerEntry> value) {
      keep(key.value(), value.value());
    }
  }

  /** What no longer says anything is forgotten, or a year of small delays would fill the memory. */
  private void keep(AnswerKey key, AnswerEntry entry) {
    if (entry.getVerdict() == AnswerVerdict.IGNORED) {
      return;
    }
    Map<AnswerKey, Long> ofVerdict =
        counts.computeIfAbsent(entry.getVerdict(), made -> new HashMap<>());
    if (entry.getCount() == 0) {
      ofVerdict.remove(key);
    } else {
      ofVerdict.put(key, entry.getCount());
    }
  }

  Answers answers() {
    return new Answers(
        sum(AnswerVerdict.COMPLETE),
        sum(AnswerVerdict.UNANSWERED),
        sum(AnswerVerdict.ANSWERED_TWICE),
        sum(AnswerVerdict.GAP));
  }

  private long sum(AnswerVerdict verdict) {
    return counts.getOrDefault(verdict, Map.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
