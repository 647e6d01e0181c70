package dev.skerry.ingest.body;

import dev.skerry.ingest.body.Read.Understood;
import dev.skerry.ingest.body.Read.Unreadable;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads Avro in Confluent's wire format, with the schemas of the catalogue: one message, or many,
 * each after its length as four bytes big-endian. Not thread-safe: one per thread.
 */
public final class AvroBody {

  /** What a single message of Avro is called. */
  public static final String MEDIA_TYPE = "application/avro";

  private static final int LENGTH_BYTES = 4;

  // A registry may take seconds to answer, for which no event loop can wait.
  private final AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
  private final int maxMessages;

  /** Takes so many messages in one body at most. */
  public AvroBody(int maxMessages) {
    this.maxMessages = maxMessages;
  }

  /** Reads a body that is one message. */
  public Body read(byte[] bytes, Addressee addressee) {
    return Body.of(message(bytes, Original.whole(MEDIA_TYPE, bytes), addressee));
  }

  /** Reads a body of many messages. */
  public Body readMany(byte[] bytes, Addressee addressee) {
    List<Read> messages = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int length = lengthAt(at, bytes);
      if (length < 1) {
        return Body.of(
            new Unreadable(
                "",
                "byte " + at,
                "A message's length, four bytes big-endian, does not fit the body"));
      }
      if (messages.size() == maxMessages) {
        return Body.of(
            new Unreadable(
                "", "byte " + at, "The body has more than " + maxMessages + " messages"));
      }
      int from = at + LENGTH_BYTES;
      byte[] alone = Arrays.copyOfRange(bytes, from, from + length);
      messages.add(message(alone, new Original(MEDIA_TYPE, bytes, from, from + length), addressee));
      at = from + length;
    }
    return messages.isEmpty()
        ? Body.of(new Unreadable("", "byte 0", "The body is empty"))
        : new Body(/* batch= */ true, messages);
  }

  /** 0 where no message of the length that is written there can follow. */
  private static int lengthAt(int at, byte[] bytes) {
    if (bytes.length - at < LENGTH_BYTES) {
      return 0;
    }
    int length =
        (bytes[at] & 0xFF) << 24
            | (bytes[at + 1] & 0xFF) << 16
            | (bytes[at + 2] & 0xFF) << 8
            | (bytes[at + 3] & 0xFF);
    return length <= bytes.length - at - LENGTH_BYTES ? Math.max(length, 0) : 0;
  }

  private Read message(byte[] alone, Original original, Addressee addressee) {
    Decoded<Telemetry> decoded = decoder.decode(alone);
    String position = "byte " + original.from();
    if (decoded instanceof Decoded.Malformed<Telemetry> malformed) {
      return new Unreadable("", position, malformed.detail());
    }
    if (decoded instanceof Decoded.NotYetKnown<Telemetry> unknown) {
      return new Unreadable("", position, unknown.detail());
    }
    Telemetry telemetry = ((Decoded.Value<Telemetry>) decoded).value();
    String contradicted = addressee.contradictedBy(telemetry).orElse(null);
    if (contradicted != null) {
      return new Unreadable(
          contradicted, position, "The body says otherwise than the path or topic");
    }
    return new Understood(
        new Message(telemetry, /* sequenced= */ true, /* timed= */ true, original));
  }
}
