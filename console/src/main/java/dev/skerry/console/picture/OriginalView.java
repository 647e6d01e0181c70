package dev.skerry.console.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes of telemetry that somebody gave up, as far as people can read them. Not thread-safe. */
final class OriginalView {

  private static final int SHOWN_BYTES = 64;
  private static final int SHOWN_VALUES = 8;
  private static final int SHOWN_CHARACTERS = 200;
  private static final HexFormat HEXADECIMAL = HexFormat.ofDelimiter(" ");

  private final AvroDecoder<Telemetry> decoder;

  OriginalView(WriterSchemas schemas) {
    this.decoder = new AvroDecoder<>(Telemetry.class, schemas);
  }

  /** As text, shortened; empty where there are none. */
  String text(@Nullable ByteBuffer bytes) {
    String text = new String(bytes(bytes), UTF_8);
    return text.substring(0, Math.min(SHOWN_CHARACTERS, text.length()));
  }

  /** The first of them. */
  String hexadecimal(@Nullable ByteBuffer bytes) {
    byte[] all = bytes(bytes);
    int shown = Math.min(SHOWN_BYTES, all.length);
    String more = all.length > shown ? " … (" + all.length + " bytes)" : "";
    return HEXADECIMAL.formatHex(all, 0, shown) + more;
  }

  /** What the telemetry says, or why it says nothing. */
  String decoded(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return "The record was not kept.";
    }
    Decoded<Telemetry> decoded = decoder.decode(bytes(bytes));
    if (decoded instanceof Decoded.Value<Telemetry> telemetry) {
      return describe(telemetry.value());
    }
    return decoded instanceof Decoded.Malformed<Telemetry> malformed
        ? malformed.detail()
        : ((Decoded.NotYetKnown<Telemetry>) decoded).detail();
  }

  private static String describe(Telemetry telemetry) {
    return "device %s, stream %s, sequence %d, at %s: %s"
        .formatted(
            telemetry.getDeviceId(),
            telemetry.getStream(),
            telemetry.getSequence(),
            telemetry.getEventTime(),
            payload(telemetry.getPayload()));
  }

  private static String payload(Object payload) {
    if (payload instanceof Readings readings) {
      List<Float> values = readings.getValues();
      return "%d × %d readings %s%s"
          .formatted(
              readings.getChannels(),
              readings.getSteps(),
              values.subList(0, Math.min(SHOWN_VALUES, values.size())),
              values.size() > SHOWN_VALUES ? " …" : "");
    }
    return payload instanceof Frame frame
        ? "a frame, %s, %d × %d".formatted(frame.getEncoding(), frame.getWidth(), frame.getHeight())
        : String.valueOf(payload);
  }

  private static byte[] bytes(@Nullable ByteBuffer buffer) {
    if (buffer == null) {
      return new byte[0];
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
