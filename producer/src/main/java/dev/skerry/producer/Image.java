package dev.skerry.producer;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * One encoded camera image, with what else is known of it. Immutable as long as the bytes are.
 *
 * @param encoding JPEG or PNG
 * @param width in pixels
 * @param height in pixels
 * @param bytes the encoded image
 * @param exposed when it was taken; empty: when it is sent
 * @param attributes what is no model's input, for example {@code exposure}
 */
@SuppressWarnings("ArrayRecordComponent") // An image; never compared, never changed.
public record Image(
    FrameEncoding encoding,
    int width,
    int height,
    byte[] bytes,
    Optional<Instant> exposed,
    Map<String, String> attributes) {

  /** Copies the attributes. */
  public Image {
    attributes = Map.copyOf(attributes);
  }

  /**
   * A JPEG or PNG image, whose size is read from its header. The pixels are not looked at.
   *
   * @throws IllegalArgumentException for bytes that are neither
   */
  public static Image of(byte[] bytes) {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new IllegalArgumentException("the image is neither JPEG nor PNG");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
        return new Image(
            encoding(reader),
            reader.getWidth(0),
            reader.getHeight(0),
            bytes,
            Optional.empty(),
            Map.of());
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the image is damaged: " + e.getMessage(), e);
    }
  }

  /** The same, taken at a time. */
  public Image exposedAt(Instant time) {
    return new Image(encoding, width, height, bytes, Optional.of(time), attributes);
  }

  /** The same with one more attribute. */
  public Image with(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Image(encoding, width, height, bytes, exposed, more);
  }

  Frame frame() {
    return new Frame(encoding, width, height, ByteBuffer.wrap(bytes));
  }

  private static FrameEncoding encoding(ImageReader reader) throws IOException {
    String format = reader.getFormatName().toLowerCase(Locale.ROOT);
    return switch (format) {
      case "jpeg" -> FrameEncoding.JPEG;
      case "png" -> FrameEncoding.PNG;
      default -> throw new IllegalArgumentException("the image is " + format + ", not JPEG or PNG");
    };
  }
}
