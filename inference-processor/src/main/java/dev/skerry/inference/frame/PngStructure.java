package dev.skerry.inference.frame;

import static dev.skerry.inference.frame.Unusable.undecodable;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG (W3C, third edition), read once from its beginning to its end. Not
 * thread-safe; for one image.
 */
final class PngStructure {

  private static final VarHandle BIG_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int SIGNATURE_BYTES = 8;
  private static final int LENGTH_BYTES = 4;
  private static final int TYPE_BYTES = 4;
  private static final int FRAMING_BYTES = 12;
  private static final int HEADER_BYTES = 13;

  private static final int HEADER = type("IHDR");
  private static final int PALETTE = type("PLTE");
  private static final int TRANSPARENCY = type("tRNS");
  private static final int PIXELS = type("IDAT");
  private static final int END = type("IEND");

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final CRC32 checksum = new CRC32();
  private final ByteArrayOutputStream kept;
  private int position;
  private int width;
  private int height;
  private boolean hasPixels;
  private boolean leftOut;

  PngStructure(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.position = start + SIGNATURE_BYTES;
    this.kept = new ByteArrayOutputStream(end - start);
  }

  static boolean begins(byte[] bytes, int start, int end) {
    return end - start > SIGNATURE_BYTES
        && intAt(bytes, start) == (int) (SIGNATURE >>> 32)
        && intAt(bytes, start + 4) == (int) SIGNATURE;
  }

  Surveyed survey() {
    kept.write(bytes, start, SIGNATURE_BYTES);
    while (end - position >= FRAMING_BYTES) {
      int length = intAt(bytes, position);
      int type = intAt(bytes, position + LENGTH_BYTES);
      if (length < 0 || length > end - position - FRAMING_BYTES) {
        return undecodable("A chunk of the PNG ends beyond its last byte: it was cut off.");
      }
      Unusable problem = chunk(type, length);
      if (problem != null) {
        return problem;
      }
      position += FRAMING_BYTES + length;
      if (type == END) {
        return image();
      }
    }
    return undecodable("The PNG ends before its last chunk: it was cut off.");
  }

  private @Nullable Unusable chunk(int type, int length) {
    if (width == 0 && type != HEADER) {
      return undecodable("The PNG is damaged: it does not begin with its header.");
    }
    if (!isKept(type)) {
      leftOut = true;
      return null;
    }
    checksum.reset();
    checksum.update(bytes, position + LENGTH_BYTES, TYPE_BYTES + length);
    int expected = intAt(bytes, position + LENGTH_BYTES + TYPE_BYTES + length);
    if ((int) checksum.getValue() != expected) {
      return undecodable("The PNG is damaged: the checksum of a chunk is not that of its bytes.");
    }
    kept.write(bytes, position, FRAMING_BYTES + length);
    hasPixels |= type == PIXELS;
    return type == HEADER ? header(length) : null;
  }

  private static boolean isKept(int type) {
    return type == HEADER
        || type == PALETTE
        || type == TRANSPARENCY
        || type == PIXELS
        || type == END;
  }

  private @Nullable Unusable header(int length) {
    if (width > 0 || length != HEADER_BYTES) {
      return undecodable("The PNG is damaged: its header is not one.");
    }
    int declaredWidth = intAt(bytes, position + LENGTH_BYTES + TYPE_BYTES);
    height = intAt(bytes, position + LENGTH_BYTES + TYPE_BYTES + 4);
    if (declaredWidth <= 0 || height <= 0) {
      return undecodable("The PNG declares %d x %d pixels.".formatted(declaredWidth, height));
    }
    width = declaredWidth;
    return null;
  }

  private Surveyed image() {
    if (!hasPixels) {
      return undecodable("The PNG has no pixels.");
    }
    if (!leftOut) {
      return new EncodedImage(
          EncodedImage.Format.PNG, width, height, bytes, start, position - start);
    }
    byte[] whole = kept.toByteArray();
    return new EncodedImage(EncodedImage.Format.PNG, width, height, whole, 0, whole.length);
  }

  private static int intAt(byte[] bytes, int index) {
    return (int) BIG_ENDIAN_INT.get(bytes, index);
  }

  private static int type(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }
}
