package dev.skerry.service.streams;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of records that were read as bytes. Thread-safe.
 *
 * @param siteId the site that gives up on them
 * @param stage the part that gives up on them
 */
public record DeadLetters(String siteId, String stage) {

  /** Leaves room for everything in a dead letter but the original value. */
  private static final int MAX_ORIGINAL_BYTES = Topics.MAX_WRAPPED_BYTES - (64 << 10);

  /** The dead letter of one record; its bytes are kept unless they would not fit the topic. */
  DeadLetter of(
      Decoded.Malformed<?> why,
      FixedKeyRecord<byte[], byte[]> record,
      RecordMetadata from,
      long nowMillis) {
    byte @Nullable [] value = record.value();
    boolean fits = value == null || value.length <= MAX_ORIGINAL_BYTES;
    String detail =
        fits || value == null
            ? why.detail()
            : why.detail()
                + " Its value of "
                + value.length
                + " bytes is too large to be kept here; read it at its source.";
    return DeadLetter.newBuilder()
        .setSiteId(siteId)
        .setStage(stage)
        .setReason(why.reason())
        .setDetail(detail)
        .setFailedAt(Instant.ofEpochMilli(nowMillis))
        .setSource(
            new SourceRef(
                from.topic(),
                from.partition(),
                from.offset(),
                Instant.ofEpochMilli(record.timestamp())))
        .setOriginalKey(buffer(record.key()))
        .setOriginalValue(fits ? buffer(value) : null)
        .setOriginalHeaders(headers(record.headers()))
        .build();
  }

  private static List<OriginalHeader> headers(Headers from) {
    List<OriginalHeader> headers = new ArrayList<>();
    for (Header header : from) {
      headers.add(new OriginalHeader(header.key(), buffer(header.value())));
    }
    return headers;
  }

  private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
