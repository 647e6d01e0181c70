package dev.skerry.inference.frame;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The colours of a decoded image, a byte each. Gray is red, green and blue at once; transparency is
 * left out; of 16 bits the upper 8 are taken. No colour profile is applied: a model was trained on
 * the numbers as they are.
 *
 * @param width 1 and up
 * @param height 1 and up
 * @param bytes where they lie
 * @param pixelStride from one pixel to the next in a row
 * @param rowStride from one row to the next
 * @param red offset of a pixel's red
 * @param green offset of a pixel's green
 * @param blue offset of a pixel's blue
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Pixels(
    int width,
    int height,
    byte[] bytes,
    int pixelStride,
    int rowStride,
    int red,
    int green,
    int blue)
    implements DecodedImage {

  private static final int RGB = 3;

  static Pixels of(BufferedImage image) {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return ofPalette(raster, palette);
    }
    if (raster.getDataBuffer() instanceof DataBufferByte data
        && data.getNumBanks() == 1
        && data.getOffset() == 0
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model) {
      return asTheyLie(raster, data, model);
    }
    return copied(raster);
  }

  private static Pixels asTheyLie(
      Raster raster, DataBufferByte data, PixelInterleavedSampleModel model) {
    int[] offsets = model.getBandOffsets();
    boolean colour = offsets.length >= RGB;
    return new Pixels(
        raster.getWidth(),
        raster.getHeight(),
        data.getData(),
        model.getPixelStride(),
        model.getScanlineStride(),
        offsets[0],
        offsets[colour ? 1 : 0],
        offsets[colour ? 2 : 0]);
  }

  private static Pixels copied(Raster raster) {
    int bands = raster.getNumBands();
    int green = bands >= RGB ? 1 : 0;
    int blue = bands >= RGB ? 2 : 0;
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * RGB];
    int[] row = new int[raster.getWidth() * bands];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        rgb[to++] = (byte) (row[at] >> shift);
        rgb[to++] = (byte) (row[at + green] >> shift);
        rgb[to++] = (byte) (row[at + blue] >> shift);
      }
    }
    return interleaved(raster.getWidth(), raster.getHeight(), rgb);
  }

  private static Pixels ofPalette(Raster raster, IndexColorModel palette) {
    byte[] rgb = new byte[raster.getWidth() * raster.getHeight() * RGB];
    int[] row = new int[raster.getWidth()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, raster.getWidth(), 1, 0, row);
      for (int index : row) {
        rgb[to++] = (byte) palette.getRed(index);
        rgb[to++] = (byte) palette.getGreen(index);
        rgb[to++] = (byte) palette.getBlue(index);
      }
    }
    return interleaved(raster.getWidth(), raster.getHeight(), rgb);
  }

  /** Pixels of red, green and blue, row by row. */
  static Pixels interleaved(int width, int height, byte[] rgb) {
    return new Pixels(width, height, rgb, RGB, width * RGB, 0, 1, 2);
  }
}
