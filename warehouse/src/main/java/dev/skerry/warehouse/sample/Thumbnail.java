package dev.skerry.warehouse.sample;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** A JPEG small enough for a table. */
final class Thumbnail {

  /** Of the longer edge. */
  static final int PIXELS = 96;

  private static final int MAX_EDGE = 20_000;

  private Thumbnail() {}

  /**
   * Of an encoded image; empty where it is none that can be read, which is no reason to lose the
   * row.
   */
  static Optional<byte[]> of(byte @Nullable [] encoded) {
    if (encoded == null || encoded.length == 0) {
      return Optional.empty();
    }
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        return read(reader).map(Thumbnail::encode);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // Image readers throw anything for damaged images.
    }
  }

  /** Reads only as many pixels as are wanted: an image may be larger than the memory. */
  private static Optional<BufferedImage> read(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width > MAX_EDGE || height > MAX_EDGE) {
      return Optional.empty();
    }
    int step = Math.max(1, Math.max(width, height) / (2 * PIXELS));
    ImageReadParam every = reader.getDefaultReadParam();
    every.setSourceSubsampling(step, step, 0, 0);
    return Optional.of(reader.read(0, every));
  }

  private static byte[] encode(BufferedImage image) {
    double scale = Math.min(1.0, (double) PIXELS / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(small, "jpeg", out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("memory cannot be written to", e);
    }
    return out.toByteArray();
  }
}
