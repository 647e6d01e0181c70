package dev.skerry.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.OriginalHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A dead letter and where it stands. */
record Letter(LetterId id, DeadLetter content) {

  /** A dead letter for programs. */
  record Line(
      String id,
      String failedAt,
      String site,
      String stage,
      String reason,
      String detail,
      String source,
      String key,
      int bytes,
      boolean redrivenBefore) {}

  Line line() {
    return new Line(
        id.toString(),
        content.getFailedAt().toString(),
        content.getSiteId(),
        content.getStage(),
        content.getReason().name(),
        content.getDetail(),
        source(),
        key(),
        bytes(content.getOriginalValue()).length,
        wasRedriven());
  }

  /** The record that it is about, as TOPIC/PARTITION/OFFSET. */
  String source() {
    return content.getSource().getTopic()
        + "/"
        + content.getSource().getPartition()
        + "/"
        + content.getSource().getOffset();
  }

  String key() {
    return new String(bytes(content.getOriginalKey()), UTF_8);
  }

  /** Whether the record had been redriven already when it was given up. */
  boolean wasRedriven() {
    return content.getOriginalHeaders().stream()
        .map(OriginalHeader::getKey)
        .anyMatch(RedriveMark.NAME::equals);
  }

  static byte[] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
