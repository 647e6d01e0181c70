package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The frame of a golden sample as a camera would send it. */
public final class GoldenFrame {

  private GoldenFrame() {}

  /** The sample's image, or its pattern as a PNG. */
  public static byte[] encoded(FrameInput input, GoldenSample sample) {
    Integer pattern = sample.pattern();
    return pattern == null ? sample.imageBytes() : png(input, pattern);
  }

  private static byte[] png(FrameInput input, int pattern) {
    BufferedImage image =
        new BufferedImage(input.width(), input.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        int red = GoldenSample.patternByte(pattern, x, y, 0);
        int green = GoldenSample.patternByte(pattern, x, y, 1);
        int blue = GoldenSample.patternByte(pattern, x, y, 2);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a pattern cannot be encoded", e);
    }
    return bytes.toByteArray();
  }
}
