package dev.skerry.console.picture;

import dev.skerry.console.read.Seen;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** The newest dead letters, and how many came since the console started. Not thread-safe. */
final class LetterBoard {

  private static final int NEWEST = 20;

  private final AvroDecoder<DeadLetter> decoder;
  private final OriginalView view;
  private final Deque<LetterLine> newest = new ArrayDeque<>();
  private final Rate rate = new Rate();
  private long count;
  private long version;

  LetterBoard(WriterSchemas schemas) {
    this.decoder = new AvroDecoder<>(DeadLetter.class, schemas);
    this.view = new OriginalView(schemas);
  }

  void take(Seen seen) {
    if (decoder.decode(seen.record().value()) instanceof Decoded.Value<DeadLetter> decoded) {
      newest.addFirst(
          LetterLine.of(seen.record().partition(), seen.record().offset(), decoded.value(), view));
      if (newest.size() > NEWEST) {
        newest.removeLast();
      }
      count += seen.old() ? 0 : 1;
      version++;
    }
  }

  /** Rises with each letter that is taken. */
  long version() {
    return version;
  }

  List<LetterLine> newest() {
    return newest.stream().sorted(Comparator.comparing(LetterLine::at).reversed()).toList();
  }

  double perSecond(long nowMillis) {
    rate.observe(nowMillis, (double) count);
    return rate.perSecond();
  }

  long count() {
    return count;
  }
}
