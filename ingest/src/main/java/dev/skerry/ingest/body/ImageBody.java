package dev.skerry.ingest.body;

import dev.skerry.ingest.body.Read.Understood;
import dev.skerry.ingest.body.Read.Unreadable;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads a body that is one JPEG or PNG image; the rest of the message is said elsewhere. */
public final class ImageBody {

  private ImageBody() {}

  /**
   * What is said of a frame beside its image.
   *
   * @param sequence its number, where the device counts
   * @param bootEpoch 0 where the sequence never restarts
   * @param eventTime when it was taken, where the device has a clock
   * @param attributes what else is known
   */
  public record Label(
      OptionalLong sequence,
      long bootEpoch,
      Optional<Instant> eventTime,
      Map<String, String> attributes) {}

  /** Reads an image of the device and stream that the addressee names, both of them. */
  public static Body read(
      byte[] bytes, String contentType, Addressee addressee, String stream, Label label) {
    Optional<String> device = addressee.device();
    Optional<ImageHeader> header = ImageHeader.of(bytes);
    if (device.isEmpty() || header.isEmpty()) {
      return Body.of(
          new Unreadable(
              "frame",
              "byte 0",
              "The body is no JPEG or PNG image whose size can be read; send one of these"));
    }
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device.get())
            .setSiteId(addressee.siteId())
            .setStream(stream)
            .setEventTime(label.eventTime().orElse(Instant.EPOCH))
            .setBootEpoch(label.bootEpoch())
            .setSequence(label.sequence().orElse(0))
            .setAttributes(new HashMap<>(label.attributes()))
            .setPayload(
                Frame.newBuilder()
                    .setEncoding(header.get().encoding())
                    .setWidth(header.get().width())
                    .setHeight(header.get().height())
                    .setData(ByteBuffer.wrap(bytes))
                    .build())
            .build();
    return Body.of(
        new Understood(
            new Message(
                telemetry,
                label.sequence().isPresent(),
                label.eventTime().isPresent(),
                Original.whole(contentType, bytes))));
  }
}
