package dev.skerry.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.body.AvroBody;
import dev.skerry.ingest.body.Original;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/**
 * Messages that were refused, as dead letters with the bytes that came. They never were in a topic:
 * their source is the way by which they came, at partition and offset -1. Thread-safe.
 */
final class DeadLetters {

  private static final String STAGE = "ingest";
  private static final int NOWHERE = -1;

  private final String siteId;

  DeadLetters(String siteId) {
    this.siteId = siteId;
  }

  byte[] encode(Arrival arrival, Finding finding, Instant now) {
    Telemetry telemetry = arrival.message().telemetry();
    // An image alone says nothing of its device, so that the whole record is kept.
    Original original =
        telemetry.getPayload() instanceof Frame
            ? Original.whole(AvroBody.MEDIA_TYPE, Encoders.encode(telemetry))
            : arrival.message().original();
    return encode(arrival.via(), telemetry.getDeviceId(), original, finding, now);
  }

  byte[] encode(Unread unread, Instant now) {
    return encode(unread.via(), unread.deviceId(), unread.original(), unread.finding(), now);
  }

  private byte[] encode(Via via, String deviceId, Original original, Finding finding, Instant now) {
    String field = finding.field().isEmpty() ? "" : finding.field() + ": ";
    return Encoders.encode(
        DeadLetter.newBuilder()
            .setSiteId(siteId)
            .setStage(STAGE)
            .setReason(reason(finding.reason()))
            .setDetail(field + finding.detail())
            .setFailedAt(now)
            .setSource(
                SourceRef.newBuilder()
                    .setTopic(via.word())
                    .setPartition(NOWHERE)
                    .setOffset(NOWHERE)
                    .setAppendTime(now)
                    .build())
            .setOriginalKey(ByteBuffer.wrap(deviceId.getBytes(UTF_8)))
            .setOriginalValue(ByteBuffer.wrap(original.bytes(), original.from(), original.length()))
            .setOriginalHeaders(
                List.of(
                    header("content-type", original.contentType()),
                    header("reason", finding.reason().word())))
            .build());
  }

  private static OriginalHeader header(String key, String value) {
    return OriginalHeader.newBuilder()
        .setKey(key)
        .setValue(ByteBuffer.wrap(value.getBytes(UTF_8)))
        .build();
  }

  private static DeadLetterReason reason(RefusalReason reason) {
    return switch (reason) {
      case WRONG_SHAPE -> DeadLetterReason.WRONG_SHAPE;
      case NOT_A_NUMBER -> DeadLetterReason.NOT_A_NUMBER;
      case NOT_AN_IMAGE -> DeadLetterReason.NOT_AN_IMAGE;
      case TOO_LARGE -> DeadLetterReason.TOO_LARGE;
      case UNREADABLE -> DeadLetterReason.UNDECODABLE;
      default -> DeadLetterReason.INVALID;
    };
  }
}
