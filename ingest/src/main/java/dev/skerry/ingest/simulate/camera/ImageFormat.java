package dev.skerry.ingest.simulate.camera;

import dev.skerry.schemas.FrameEncoding;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * How frames are encoded. Immutable.
 *
 * @param encoding JPEG or PNG
 * @param quality of JPEG, more than 0 and up to 1
 */
public record ImageFormat(FrameEncoding encoding, float quality) {

  /** What most cameras send. */
  public static final ImageFormat DEFAULT = new ImageFormat(FrameEncoding.JPEG, 0.9f);

  static {
    System.setProperty("java.awt.headless", "true"); // Pictures are drawn where no screen is.
  }

  public ImageFormat {
    if (encoding == FrameEncoding.UNKNOWN) {
      throw new IllegalArgumentException("frames are JPEG or PNG");
    }
    if (!(quality > 0 && quality <= 1)) {
      throw new IllegalArgumentException("JPEG quality must be above 0 and up to 1: " + quality);
    }
  }

  byte[] encode(BufferedImage image) {
    String name = encoding == FrameEncoding.JPEG ? "jpeg" : "png";
    ImageWriter writer = ImageIO.getImageWritersByFormatName(name).next();
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
      throw new UncheckedIOException("a picture cannot be encoded as " + name, e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
