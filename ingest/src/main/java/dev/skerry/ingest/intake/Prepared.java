package dev.skerry.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.body.AvroBody;
import dev.skerry.ingest.body.Message;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A message as a record.
 *
 * @param value the record's value
 * @param headers the record's headers
 * @param hash of what the device said, without what the gateway added
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Prepared(byte[] value, List<Header> headers, long hash) {

  /** Says that the gateway gave the record its event time, because the device gave none. */
  static final String EVENT_TIME_HEADER = "skerry.event-time";

  private static final List<Header> TIMED_BY_GATEWAY =
      List.of(new RecordHeader(EVENT_TIME_HEADER, "gateway".getBytes(UTF_8)));

  static Prepared of(Message message) {
    Telemetry telemetry = message.telemetry();
    if (message.timed()) {
      boolean isRecordAlready =
          message.sequenced() && message.original().contentType().equals(AvroBody.MEDIA_TYPE);
      byte[] value = isRecordAlready ? message.original().copy() : Encoders.encode(telemetry);
      return new Prepared(value, List.of(), PayloadHash.of(value));
    }
    return new Prepared(Encoders.encode(telemetry), TIMED_BY_GATEWAY, untimedHash(telemetry));
  }

  /** The hash of a message whose time the gateway gave: a resend gets another time. */
  static long untimedHash(Telemetry telemetry) {
    Instant given = telemetry.getEventTime();
    telemetry.setEventTime(Instant.EPOCH);
    long hash = PayloadHash.of(Encoders.encode(telemetry));
    telemetry.setEventTime(given);
    return hash;
  }
}
