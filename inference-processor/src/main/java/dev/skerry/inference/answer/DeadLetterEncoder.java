package dev.skerry.inference.answer;

import dev.skerry.inference.batch.Outcome;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Records that could not be answered, whole. A compressed batch may hold a record that is larger
 * than any that fits; of such a one only the place is kept. Not thread-safe: one per worker.
 */
final class DeadLetterEncoder {

  private static final String STAGE = "inference";
  private static final int MAX_DETAIL_CHARACTERS = 1000;

  private final AvroEncoder<DeadLetter> encoder = new AvroEncoder<>(DeadLetter.class);
  private final String siteId;

  DeadLetterEncoder(String siteId) {
    this.siteId = siteId;
  }

  byte[] encode(
      ConsumerRecord<byte[], ByteBuffer> source, Outcome.Rejected rejected, long failedAtMillis) {
    boolean fits = size(source) <= Topics.MAX_TELEMETRY_BYTES;
    String detail = shorten(rejected.detail());
    DeadLetter letter = new DeadLetter();
    letter.setSiteId(siteId);
    letter.setStage(STAGE);
    letter.setReason(rejected.reason());
    letter.setDetail(fits ? detail : detail + " It is too large to be kept here.");
    letter.setFailedAt(Instant.ofEpochMilli(failedAtMillis));
    letter.setSource(
        new SourceRef(
            source.topic(),
            source.partition(),
            source.offset(),
            Instant.ofEpochMilli(source.timestamp())));
    letter.setOriginalKey(fits ? wrap(source.key()) : null);
    letter.setOriginalValue(fits ? source.value() : null);
    letter.setOriginalHeaders(fits ? headers(source) : List.of());
    return encoder.encode(letter);
  }

  private static long size(ConsumerRecord<byte[], ByteBuffer> source) {
    long size = length(source.key()) + (source.value() == null ? 0 : source.value().remaining());
    for (Header header : source.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static List<OriginalHeader> headers(ConsumerRecord<byte[], ByteBuffer> source) {
    List<OriginalHeader> headers = new ArrayList<>();
    for (Header header : source.headers()) {
      headers.add(new OriginalHeader(header.key(), wrap(header.value())));
    }
    return headers;
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static String shorten(String detail) {
    return detail.length() <= MAX_DETAIL_CHARACTERS
        ? detail
        : detail.substring(0, MAX_DETAIL_CHARACTERS) + "…";
  }
}
