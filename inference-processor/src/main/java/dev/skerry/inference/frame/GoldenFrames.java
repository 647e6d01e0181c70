package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** The frames of golden samples, which have the input's own size. Immutable. */
public final class GoldenFrames {

  private static final int RED_BITS = 16;
  private static final int GREEN_BITS = 8;
  private static final int BYTE = 0xFF;

  private final FrameInput input;
  private final FrameTensor tensor;

  /** Frames for this input. */
  public GoldenFrames(FrameInput input) {
    this.input = input;
    this.tensor = new FrameTensor(input);
  }

  /** Writes a sample's frame; throws {@link IOException} for an image that cannot be taken. */
  public void write(GoldenSample sample, ByteBuffer target, int offset) throws IOException {
    Integer pattern = sample.pattern();
    if (pattern == null) {
      writeImage(sample.imageBytes(), target, offset);
      return;
    }
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        int red = GoldenSample.patternByte(pattern, x, y, 0);
        int green = GoldenSample.patternByte(pattern, x, y, 1);
        int blue = GoldenSample.patternByte(pattern, x, y, 2);
        tensor.put(target, offset, x, y, red, green, blue);
      }
    }
  }

  private void writeImage(byte[] encoded, ByteBuffer target, int offset) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
    if (image == null) {
      throw new IOException("it is no image that can be read");
    }
    if (image.getWidth() != input.width() || image.getHeight() != input.height()) {
      throw new IOException(
          "it has %d x %d pixels, and must have the input's %d x %d"
              .formatted(image.getWidth(), image.getHeight(), input.width(), input.height()));
    }
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        int rgb = image.getRGB(x, y);
        tensor.put(
            target, offset, x, y, rgb >> RED_BITS & BYTE, rgb >> GREEN_BITS & BYTE, rgb & BYTE);
      }
    }
  }
}
