package dev.skerry.inference.decode;

import dev.skerry.schemas.release.StableShare;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One telemetry record as it lies in its bytes: nothing is copied before a model asks for it. Valid
 * until the {@link TelemetryDecoder} is given this view again. Not thread-safe.
 *
 * <p>The first six fields of Telemetry and of Detection are the same, in the same order, so an
 * answer copies them in one piece: {@link #headOffset}, {@link #headLength}.
 */
public final class TelemetryView implements Reading {

  private static final VarHandle LITTLE_ENDIAN_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int EXPONENT_BITS = 0x7F80_0000;
  private static final int EXPONENT_ONE = 0x0080_0000;
  private static final long EXPONENTS = 0x7F80_0000_7F80_0000L;
  private static final long EXPONENT_ONES = 0x0080_0000_0080_0000L;
  private static final long SIGNS = 0x8000_0000_8000_0000L;

  byte[] bytes = new byte[0];
  int recordOffset;
  int recordEnd;
  int headOffset;
  int headEnd;
  int deviceIdOffset;
  int deviceIdLength;
  int streamOffset;
  int streamLength;
  boolean frame;
  int channels;
  int steps;
  int frameWidth;
  int frameHeight;
  int frameDataOffset;
  int frameDataLength;
  int valuesOffset;
  int valueCount;

  private final AvroCursor blocks = new AvroCursor();

  /** What holds the record, and more: see {@link #recordOffset} and {@link #recordLength}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the record begins, in the wire format and the current schema. */
  public int recordOffset() {
    return recordOffset;
  }

  /** How many bytes the record has. */
  public int recordLength() {
    return recordEnd - recordOffset;
  }

  /** The record alone, in the wire format and the current schema, a copy. */
  public byte[] record() {
    return Arrays.copyOfRange(bytes, recordOffset, recordEnd);
  }

  /** Where in {@link #bytes} deviceId, siteId, stream, eventTime, bootEpoch, sequence begin. */
  public int headOffset() {
    return headOffset;
  }

  /** How many bytes these six fields have. */
  public int headLength() {
    return headEnd - headOffset;
  }

  /** How many bytes deviceId, siteId and stream have, which are the first of them. */
  public int nameLength() {
    return streamOffset + streamLength - headOffset;
  }

  /** Whether the payload is an image and not readings. */
  public boolean isFrame() {
    return frame;
  }

  /** Pixels, as the record says, whatever the image has; only of a frame. */
  public int frameWidth() {
    return frameWidth;
  }

  /** Pixels, as the record says, whatever the image has; only of a frame. */
  public int frameHeight() {
    return frameHeight;
  }

  /** Where in {@link #bytes} the encoded image begins; only of a frame. */
  public int frameDataOffset() {
    return frameDataOffset;
  }

  /** How many bytes the encoded image has; only of a frame. */
  public int frameDataLength() {
    return frameDataLength;
  }

  /** As the record says, whatever number of values there is. */
  public int channels() {
    return channels;
  }

  /** As the record says, whatever number of values there is. */
  public int steps() {
    return steps;
  }

  /** How many values there are. */
  public int valueCount() {
    return valueCount;
  }

  /** Whether the record's stream is this one, given in UTF-8. */
  public boolean isOfStream(byte[] stream) {
    return Arrays.equals(
        bytes, streamOffset, streamOffset + streamLength, stream, 0, stream.length);
  }

  /** The stream as text. */
  public String stream() {
    return new String(bytes, streamOffset, streamLength, StandardCharsets.UTF_8);
  }

  /** The device's id in UTF-8, a copy. */
  public byte[] deviceId() {
    return Arrays.copyOfRange(bytes, deviceIdOffset, deviceIdOffset + deviceIdLength);
  }

  /** A number from 0 to below 1 that depends on the device and the salt alone. */
  public double deviceShare(long salt) {
    return StableShare.of(bytes, deviceIdOffset, deviceIdLength, salt);
  }

  /** A number from 0 to below 1 that depends on the record's identity and the salt alone. */
  public double recordShare(long salt) {
    return StableShare.of(bytes, headOffset, headLength(), salt);
  }

  /** Whether two records come from the same device. */
  public boolean isOfSameDevice(TelemetryView other) {
    return Arrays.equals(
        bytes,
        deviceIdOffset,
        deviceIdOffset + deviceIdLength,
        other.bytes,
        other.deviceIdOffset,
        other.deviceIdOffset + other.deviceIdLength);
  }

  /** The index of the first value that is NaN or infinite; -1 where all are numbers. */
  public int firstNonFinite() {
    int index = 0;
    blocks.reset(bytes, valuesOffset, recordEnd);
    for (int count = nextBlock(); count > 0; count = nextBlock()) {
      if (!areFinite(blocks.position(), count)) {
        return index + firstNonFinite(blocks.position(), count);
      }
      index += count;
      blocks.skip(count * Float.BYTES, "values");
    }
    return -1;
  }

  /**
   * Two floats at a time and no branch among them. A float is NaN or infinite when all bits of its
   * exponent are set: then adding one to the exponent carries into the place of the sign.
   */
  private boolean areFinite(int start, int count) {
    long carries = 0;
    int pairs = count & ~1;
    int end = start + pairs * Float.BYTES;
    for (int at = start; at < end; at += Long.BYTES) {
      long exponents = (long) LITTLE_ENDIAN_LONG.get(bytes, at) & EXPONENTS;
      carries |= exponents + EXPONENT_ONES;
    }
    if (pairs < count) {
      carries |= ((int) LITTLE_ENDIAN_INT.get(bytes, end) & EXPONENT_BITS) + EXPONENT_ONE;
    }
    return (carries & SIGNS) == 0;
  }

  private int firstNonFinite(int start, int count) {
    for (int i = 0; i < count; i++) {
      int bits = (int) LITTLE_ENDIAN_INT.get(bytes, start + i * Float.BYTES);
      if ((bits & EXPONENT_BITS) == EXPONENT_BITS) {
        return i;
      }
    }
    throw new IllegalStateException("all " + count + " values are numbers");
  }

  /** Copies the {@link #valueCount} values, which are little-endian floats on both sides. */
  public void copyValues(ByteBuffer target, int targetOffset) {
    int to = targetOffset;
    blocks.reset(bytes, valuesOffset, recordEnd);
    for (int count = nextBlock(); count > 0; count = nextBlock()) {
      int length = count * Float.BYTES;
      target.put(to, bytes, blocks.position(), length);
      blocks.skip(length, "values");
      to += length;
    }
  }

  private int nextBlock() {
    return blocks.readBlockCount("values", Float.BYTES);
  }
}
