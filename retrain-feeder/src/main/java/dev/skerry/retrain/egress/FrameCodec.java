package dev.skerry.retrain.egress;

import dev.skerry.retrain.sketch.Picture;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Frames to pixels and back, by the JDK's own readers and writers. What is encoded here has pixels
 * and nothing else: no maker, no place, no comment.
 */
final class FrameCodec {

  /** Larger ones are read coarsely, so that one frame cannot take all memory. */
  private static final long MAX_PIXELS = 4_000_000;

  /** What claims to be larger is no frame. */
  private static final long MOST_PIXELS = 40_000_000;

  static {
    System.setProperty("java.awt.headless", "true"); // Images are decoded where no screen is.
  }

  private FrameCodec() {}

  /**
   * What a frame shows.
   *
   * @param width of the frame itself, pixels
   * @param height of the frame itself, pixels
   * @param picture its pixels, fewer of them where there are very many
   */
  record Decoded(int width, int height, Picture picture) {}

  /** What the frame shows; empty where it is no image of its encoding that can be read. */
  static Optional<Decoded> decode(Frame frame) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(frame.getEncoding().name());
    if (!readers.hasNext()) {
      return Optional.empty(); // An encoding of a newer release.
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes(frame)))) {
      reader.setInput(in, /* seekForwardOnly= */ true, /* ignoreMetadata= */ true);
      return read(reader);
    } catch (IOException | RuntimeException e) {
      // The readers throw of either kind, whatever comes to them from bytes that make no sense.
      return Optional.empty();
    } finally {
      reader.dispose();
    }
  }

  private static Optional<Decoded> read(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    long pixels = (long) width * height;
    if (pixels > MOST_PIXELS) {
      return Optional.empty();
    }
    ImageReadParam coarsely = reader.getDefaultReadParam();
    int step = (int) Math.ceil(Math.sqrt((double) pixels / MAX_PIXELS));
    coarsely.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
    BufferedImage image = reader.read(0, coarsely);
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] &= 0xFFFFFF;
    }
    return Optional.of(
        new Decoded(width, height, new Picture(image.getWidth(), image.getHeight(), rgb)));
  }

  /** A frame of these pixels. */
  static Frame encode(Picture picture, FrameEncoding encoding, float quality) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, picture.width(), picture.height(), picture.rgb(), 0, picture.width());
    ImageWriter writer = ImageIO.getImageWritersByFormatName(encoding.name()).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (encoding == FrameEncoding.JPEG) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    } finally {
      writer.dispose();
    }
    return Frame.newBuilder()
        .setEncoding(encoding)
        .setWidth(picture.width())
        .setHeight(picture.height())
        .setData(ByteBuffer.wrap(bytes.toByteArray()))
        .build();
  }

  private static byte[] bytes(Frame frame) {
    ByteBuffer data = frame.getData().duplicate();
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }
}
