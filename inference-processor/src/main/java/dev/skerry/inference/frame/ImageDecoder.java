package dev.skerry.inference.frame;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with the JDK's own readers, which are kept from image to image. Not thread-safe: one per
 * worker.
 */
final class ImageDecoder {

  /** Cameras that pad their images are told apart by this from images that are damaged. */
  private static final String HARMLESS = "extraneous bytes before marker";

  static {
    System.setProperty("java.awt.headless", "true"); // Images are decoded where no screen is.
  }

  private final Map<EncodedImage.Format, ImageReader> readers =
      new EnumMap<>(EncodedImage.Format.class);
  private @Nullable String warning;

  /** The pixels, or why there are none. */
  DecodedImage decode(EncodedImage image) {
    warning = null;
    ImageReader reader = readers.computeIfAbsent(image.format(), this::newReader);
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(image)) {
      reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
      BufferedImage decoded = reader.read(0);
      return warning == null ? Pixels.of(decoded) : damaged(image, warning);
    } catch (IOException | RuntimeException e) {
      // The readers throw of either kind, whatever comes to them from bytes that make no sense.
      readers.remove(image.format());
      reader.dispose();
      return damaged(image, String.valueOf(e.getMessage()));
    }
  }

  private ImageReader newReader(EncodedImage.Format format) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
    reader.addIIOReadWarningListener(
        (source, text) -> {
          if (!text.contains(HARMLESS)) {
            warning = text;
          }
        });
    return reader;
  }

  private static Unusable damaged(EncodedImage image, String what) {
    return Unusable.undecodable("The %s is damaged: %s.".formatted(image.format(), what));
  }
}
