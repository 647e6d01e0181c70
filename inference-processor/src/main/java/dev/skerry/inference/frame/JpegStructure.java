package dev.skerry.inference.frame;

import static dev.skerry.inference.frame.Unusable.undecodable;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG (ITU-T T.81, annex B), read once from its beginning to its end. Not
 * thread-safe; for one image.
 */
final class JpegStructure {

  /** A progressive photograph has about ten; each one is a pass over all pixels. */
  private static final int MAX_SCANS = 64;

  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int JPEG_EXTENSIONS = 0xC8;
  private static final int ARITHMETIC_CONDITIONING = 0xCC;
  private static final int PROGRESSIVE = 0xC2;
  private static final int LAST_FRAME_HEADER = 0xCF;
  private static final int RESTART_0 = 0xD0;
  private static final int RESTART_7 = 0xD7;
  private static final int JFIF = 0xE0;
  private static final int ADOBE = 0xEE;
  private static final int LAST_APPLICATION = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final int TEMPORARY = 0x01;
  private static final int FRAME_HEADER_BYTES = 8;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int position;
  private int width;
  private int height;
  private int scans;

  /** The parts that are kept, once one was left out. */
  private @Nullable ByteArrayOutputStream kept;

  private int keptUpTo;

  JpegStructure(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start + 2;
    this.keptUpTo = start;
  }

  static boolean begins(byte[] bytes, int start, int end) {
    return end - start > 3
        && at(bytes, start) == 0xFF
        && at(bytes, start + 1) == START_OF_IMAGE
        && at(bytes, start + 2) == 0xFF;
  }

  Surveyed survey() {
    while (position < end) {
      int segment = position;
      int marker = nextMarker();
      if (marker == END_OF_IMAGE) {
        return image();
      }
      if (marker < 0) {
        return undecodable("The JPEG is damaged: a segment does not begin where one must.");
      }
      if (isAlone(marker)) {
        continue;
      }
      Unusable problem = segment(segment, marker);
      if (problem != null) {
        return problem;
      }
    }
    return undecodable("The JPEG ends before its end marker: it was cut off.");
  }

  private int nextMarker() {
    if (at(bytes, position) != 0xFF) {
      return -1;
    }
    while (position < end && at(bytes, position) == 0xFF) {
      position++;
    }
    return position < end ? at(bytes, position++) : TEMPORARY; // The loop's end says the rest.
  }

  private static boolean isAlone(int marker) {
    return marker == TEMPORARY || (marker >= RESTART_0 && marker <= RESTART_7);
  }

  private @Nullable Unusable segment(int segment, int marker) {
    int length = end - position < 2 ? 0 : at(bytes, position) << 8 | at(bytes, position + 1);
    if (length < 2 || length > end - position) {
      return undecodable("A segment of the JPEG ends beyond its last byte: it was cut off.");
    }
    Unusable problem = isFrameHeader(marker) ? frameHeader(marker, length) : null;
    position += length;
    if (isLeftOut(marker)) {
      leaveOut(segment);
    }
    if (problem == null && marker == START_OF_SCAN) {
      problem = scan();
    }
    return problem;
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xC0
        && marker <= LAST_FRAME_HEADER
        && marker != HUFFMAN_TABLES
        && marker != JPEG_EXTENSIONS
        && marker != ARITHMETIC_CONDITIONING;
  }

  private @Nullable Unusable frameHeader(int marker, int length) {
    if (marker > PROGRESSIVE) {
      return undecodable("The JPEG is lossless, hierarchical or arithmetic, which is not read.");
    }
    if (width > 0 || length < FRAME_HEADER_BYTES) {
      return undecodable("The JPEG is damaged: its frame header is not one.");
    }
    int precision = at(bytes, position + 2);
    height = at(bytes, position + 3) << 8 | at(bytes, position + 4);
    width = at(bytes, position + 5) << 8 | at(bytes, position + 6);
    int components = at(bytes, position + 7);
    if (width == 0 || height == 0) {
      return undecodable("The JPEG declares %d x %d pixels.".formatted(width, height));
    }
    if (precision != 8) {
      return undecodable("The JPEG has %d bits a sample; 8 are read.".formatted(precision));
    }
    if (components != 1 && components != 3) {
      return undecodable(
          "The JPEG has %d components%s; gray (1) and colour (3) are read."
              .formatted(components, components == 4 ? " (CMYK)" : ""));
    }
    return null;
  }

  private @Nullable Unusable scan() {
    scans++;
    if (width == 0) {
      return undecodable("The JPEG is damaged: pixels come before the frame header.");
    }
    if (scans > MAX_SCANS) {
      return undecodable("The JPEG has more than %d scans.".formatted(MAX_SCANS));
    }
    while (position + 1 < end && !isMarker(position)) {
      position++;
    }
    position = position + 1 < end ? position : end;
    return null;
  }

  /** In the pixels a byte FF is followed by 00, and restarts belong to them. */
  private boolean isMarker(int place) {
    int next = at(bytes, place + 1);
    return at(bytes, place) == 0xFF && next != 0 && next != 0xFF && !isAlone(next);
  }

  private static boolean isLeftOut(int marker) {
    boolean application = marker >= JFIF && marker <= LAST_APPLICATION;
    return marker == COMMENT || (application && marker != JFIF && marker != ADOBE);
  }

  private void leaveOut(int segment) {
    ByteArrayOutputStream rest = kept == null ? new ByteArrayOutputStream(end - start) : kept;
    rest.write(bytes, keptUpTo, segment - keptUpTo);
    keptUpTo = position;
    kept = rest;
  }

  private Surveyed image() {
    if (scans == 0) {
      return undecodable("The JPEG has no pixels.");
    }
    if (kept == null) {
      return new EncodedImage(
          EncodedImage.Format.JPEG, width, height, bytes, start, position - start);
    }
    kept.write(bytes, keptUpTo, position - keptUpTo);
    byte[] whole = kept.toByteArray();
    return new EncodedImage(EncodedImage.Format.JPEG, width, height, whole, 0, whole.length);
  }

  private static int at(byte[] bytes, int index) {
    return bytes[index] & 0xFF;
  }
}
