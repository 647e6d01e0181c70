package dev.skerry.bench.workload;

import dev.skerry.schemas.Frame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** A frame's pixels as it is usually written: decoded by ImageIO, copied one by one. */
public final class PlainPixels {

  /** Red, green and blue. */
  public static final int COLOURS = 3;

  static {
    ImageIO.setUseCache(false); // Its default is a temporary file for each image.
  }

  private PlainPixels() {}

  /** Row by row, the colours of a pixel beside each other, in a new direct buffer. */
  public static ByteBuffer of(Frame frame) {
    ByteBuffer encoded = frame.getData();
    byte[] bytes = new byte[encoded.remaining()];
    encoded.duplicate().get(bytes);
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      int width = image.getWidth();
      int[] colours = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
      ByteBuffer pixels = ByteBuffer.allocateDirect(colours.length * COLOURS);
      for (int colour : colours) {
        pixels.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
      }
      return pixels.flip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
