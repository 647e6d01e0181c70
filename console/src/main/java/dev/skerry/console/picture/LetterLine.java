package dev.skerry.console.picture;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import java.util.List;

/**
 * A dead letter, as the page lists it.
 *
 * @param id where it stands: PARTITION/OFFSET in {@code dead-letters}
 * @param at when the part gave up, in milliseconds since the epoch
 * @param source the record that it is about: TOPIC/PARTITION/OFFSET
 * @param key the record's key, as text
 * @param decoded what can be read of the record
 * @param bytes the beginning of the record, in hexadecimal digits
 */
public record LetterLine(
    String id,
    long at,
    String stage,
    String reason,
    String detail,
    String source,
    String key,
    List<String> headers,
    String decoded,
    String bytes) {

  static LetterLine of(int partition, long offset, DeadLetter letter, OriginalView view) {
    SourceRef source = letter.getSource();
    return new LetterLine(
        partition + "/" + offset,
        letter.getFailedAt().toEpochMilli(),
        letter.getStage(),
        letter.getReason().name(),
        letter.getDetail(),
        source.getTopic() + "/" + source.getPartition() + "/" + source.getOffset(),
        view.text(letter.getOriginalKey()),
        letter.getOriginalHeaders().stream().map(OriginalHeader::getKey).toList(),
        view.decoded(letter.getOriginalValue()),
        view.hexadecimal(letter.getOriginalValue()));
  }
}
