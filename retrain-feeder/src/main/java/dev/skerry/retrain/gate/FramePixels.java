package dev.skerry.retrain.gate;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The colours of a decoded image as they stand in it, without any colour profile; gray is red,
 * green and blue at once. Immutable as long as nobody changes the array.
 *
 * @param rgb red, green and blue of each pixel, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // Images are not compared.
record FramePixels(int width, int height, byte[] rgb) {

  private static final int RGB = 3;

  static {
    System.setProperty("java.awt.headless", "true"); // Images are decoded where no screen is.
  }

  /** Empty where the bytes are no PNG or JPEG. */
  static Optional<FramePixels> decode(byte[] image) {
    try {
      // Not ImageIO's own stream: that one is kept in a file. Reading closes it.
      return Optional.ofNullable(
              ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(image))))
          .map(FramePixels::of);
    } catch (IOException | RuntimeException e) {
      // The readers throw of either kind, whatever comes to them from bytes that make no sense.
      return Optional.empty();
    }
  }

  /** The frame that a golden sample's pattern stands for. */
  static FramePixels pattern(FrameInput input, int pattern) {
    byte[] rgb = new byte[input.width() * input.height() * RGB];
    int to = 0;
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        for (int colour = 0; colour < RGB; colour++) {
          rgb[to++] = (byte) GoldenSample.patternByte(pattern, x, y, colour);
        }
      }
    }
    return new FramePixels(input.width(), input.height(), rgb);
  }

  /** 0 to 255. */
  int at(int x, int y, int colour) {
    return rgb[(y * width + x) * RGB + colour] & 0xFF;
  }

  private static FramePixels of(BufferedImage image) {
    Raster raster = image.getRaster();
    IndexColorModel palette = image.getColorModel() instanceof IndexColorModel model ? model : null;
    int bands = raster.getNumBands();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * RGB];
    int[] pixel = new int[bands];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.getPixel(x, y, pixel);
        for (int colour = 0; colour < RGB; colour++) {
          rgb[to++] =
              (byte)
                  (palette == null
                      ? pixel[bands >= RGB ? colour : 0] >> shift
                      : palette.getRGB(pixel[0]) >> (8 * (RGB - 1 - colour)));
        }
      }
    }
    return new FramePixels(raster.getWidth(), raster.getHeight(), rgb);
  }
}
