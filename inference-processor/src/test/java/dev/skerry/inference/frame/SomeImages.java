package dev.skerry.inference.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images for tests, and bytes that are nearly images. */
public final class SomeImages {

  private SomeImages() {}

  /** A picture in which each colour of each pixel is another number. */
  static BufferedImage picture(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF << 24 | red(x, y) << 16 | green(x, y) << 8 | blue(x, y));
      }
    }
    return image;
  }

  static int red(int x, int y) {
    return (5 * x + 3 * y) & 0xFF;
  }

  static int green(int x, int y) {
    return (2 * x + 7 * y + 40) & 0xFF;
  }

  static int blue(int x, int y) {
    return (11 * x + y + 90) & 0xFF;
  }

  /** Of a picture, ITU-R BT.601, rounded. */
  public static int luminance(int x, int y) {
    return (int) Math.round(0.299 * red(x, y) + 0.587 * green(x, y) + 0.114 * blue(x, y));
  }

  /** Smooth, as JPEG likes it, so that decoding gives nearly what went in. */
  static BufferedImage smooth(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 40 + 160 * x / width;
        int green = 60 + 120 * y / height;
        image.setRGB(x, y, 0xFF << 24 | red << 16 | green << 8 | 100);
      }
    }
    return image;
  }

  public static byte[] jpeg(int width, int height) {
    return encode(smooth(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", false);
  }

  static byte[] progressive(int width, int height) {
    return encode(smooth(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", true);
  }

  public static byte[] png(int width, int height) {
    return png(picture(width, height, BufferedImage.TYPE_INT_RGB));
  }

  static byte[] png(BufferedImage image) {
    return encode(image, "png", false);
  }

  static byte[] encode(BufferedImage image, String format, boolean progressive) {
    return encode(new IIOImage(image, null, null), format, progressive);
  }

  /** Four components, which is what printers use. */
  static byte[] cmyk(int width, int height) {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    return encode(new IIOImage(raster, null, null), "jpeg", false);
  }

  private static byte[] encode(IIOImage image, String format, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      }
      if (format.equals("jpeg")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.95f);
      }
      writer.setOutput(out);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A PNG of gray bytes that declares one size and holds the rows of another. */
  public static byte[] pngWithRows(int width, int height, int rows) {
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[rows * (width + 1)]);
    deflater.finish();
    byte[] compressed = new byte[rows * (width + 1) + 100];
    int length = deflater.deflate(compressed);
    deflater.end();
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    png.writeBytes(chunk("IHDR", header.array()));
    png.writeBytes(chunk("IDAT", Arrays.copyOf(compressed, length)));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  static byte[] chunk(String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(data.length + 12).putInt(data.length);
    chunk.put(type.getBytes(US_ASCII)).put(data);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, data.length + 4);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  /** Puts bytes in after the first ones. */
  public static byte[] insert(byte[] bytes, int at, byte[] more) {
    return ByteBuffer.allocate(bytes.length + more.length)
        .put(bytes, 0, at)
        .put(more)
        .put(bytes, at, bytes.length - at)
        .array();
  }

  /** Where a JPEG's first segment of a kind begins. */
  static int segment(byte[] jpeg, int marker) {
    for (int at = 0; at + 1 < jpeg.length; at++) {
      if ((jpeg[at] & 0xFF) == 0xFF && (jpeg[at + 1] & 0xFF) == marker) {
        return at;
      }
    }
    throw new IllegalArgumentException("the JPEG has no segment " + Integer.toHexString(marker));
  }
}
