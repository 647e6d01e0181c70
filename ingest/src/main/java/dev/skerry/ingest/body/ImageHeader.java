package dev.skerry.ingest.body;

import dev.skerry.schemas.FrameEncoding;
import java.util.Optional;

/**
 * What the first bytes of an image say, without decoding it.
 *
 * @param width pixels, 1 and up
 * @param height pixels, 1 and up
 * @see <a href="https://www.w3.org/TR/png-3/">PNG, IHDR</a>
 * @see <a href="https://www.w3.org/Graphics/JPEG/itu-t81.pdf">ITU T.81, annex B</a>
 */
public record ImageHeader(FrameEncoding encoding, int width, int height) {

  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int IHDR = 0x49484452;

  /** Reads it; empty for what is no JPEG or PNG, or ends too soon. */
  public static Optional<ImageHeader> of(byte[] bytes) {
    if (bytes.length >= 24 && longAt(bytes, 0) == PNG_SIGNATURE && intAt(bytes, 12) == IHDR) {
      return sized(FrameEncoding.PNG, intAt(bytes, 16), intAt(bytes, 20));
    }
    return bytes.length >= 4 && shortAt(bytes, 0) == 0xFFD8 ? jpeg(bytes) : Optional.empty();
  }

  /** From segment to segment, to the frame header, which has the size. */
  private static Optional<ImageHeader> jpeg(byte[] bytes) {
    int at = 2;
    while (at + 9 <= bytes.length) {
      if ((bytes[at] & 0xFF) != 0xFF) {
        return Optional.empty();
      }
      int marker = bytes[at + 1] & 0xFF;
      if (marker == 0xFF) {
        at++; // A marker may be padded with any number of these.
      } else if (isFrameHeader(marker)) {
        return sized(FrameEncoding.JPEG, shortAt(bytes, at + 7), shortAt(bytes, at + 5));
      } else if (marker == 0xD9 || marker == 0xDA) {
        return Optional.empty(); // The end, or pixels of no known size.
      } else if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        at += 2;
      } else {
        at += 2 + Math.max(2, shortAt(bytes, at + 2));
      }
    }
    return Optional.empty();
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static Optional<ImageHeader> sized(FrameEncoding encoding, int width, int height) {
    return width < 1 || height < 1
        ? Optional.empty()
        : Optional.of(new ImageHeader(encoding, width, height));
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) intAt(bytes, at) << 32 | (intAt(bytes, at + 4) & 0xFFFFFFFFL);
  }

  private static int intAt(byte[] bytes, int at) {
    return shortAt(bytes, at) << 16 | shortAt(bytes, at + 2);
  }

  private static int shortAt(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
