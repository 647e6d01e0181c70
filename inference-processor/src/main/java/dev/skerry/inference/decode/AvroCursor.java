package dev.skerry.inference.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary from an array that nobody vouches for. Nothing throws and nothing is allocated:
 * after the first problem the cursor stands at the end, and reads give 0. Numbers are read as
 * Avro's own {@code BinaryDecoder} reads them. Not thread-safe.
 */
final class AvroCursor {

  private static final int MAX_INT_BYTES = 5;
  private static final int MAX_LONG_BYTES = 10;

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of each of eight bytes the bit that says that more follow. */
  private static final long CONTINUATIONS = 0x8080_8080_8080_8080L;

  private byte[] bytes = new byte[0];
  private int position;
  private int end;
  private @Nullable String problem;

  /** Reads from here to there, the end exclusive. */
  void reset(byte[] source, int from, int to) {
    bytes = source;
    position = from;
    end = to;
    problem = null;
  }

  boolean failed() {
    return problem != null;
  }

  /** What went wrong first; only where {@link #failed}. */
  String problem() {
    return problem == null ? "nothing is wrong" : problem;
  }

  int position() {
    return position;
  }

  int remaining() {
    return end - position;
  }

  int readInt(String field) {
    return (int) readVarint(field, MAX_INT_BYTES);
  }

  long readLong(String field) {
    return readVarint(field, MAX_LONG_BYTES);
  }

  /** Moves over a number of up to {@link #MAX_LONG_BYTES} bytes, which are looked at together. */
  void skipLong(String field) {
    if (remaining() >= Long.BYTES) {
      long last = ~(long) LITTLE_ENDIAN.get(bytes, position) & CONTINUATIONS;
      if (last != 0) {
        position += Long.numberOfTrailingZeros(last) / Byte.SIZE + 1;
        return;
      }
    }
    readLong(field);
  }

  private long readVarint(String field, int maxBytes) {
    if (position < end && bytes[position] >= 0) {
      long small = bytes[position++]; // Most numbers are lengths and counts of one byte.
      return (small >>> 1) ^ -(small & 1);
    }
    return readLongVarint(field, maxBytes);
  }

  private long readLongVarint(String field, int maxBytes) {
    long value = 0;
    for (int i = 0; i < maxBytes; i++) {
      if (position >= end) {
        fail(field, " ends too early");
        return 0;
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7F) << (7 * i);
      if (next >= 0) {
        return unzigzag(value, maxBytes);
      }
    }
    fail(field, " is no number");
    return 0;
  }

  /** Avro's decoder drops the bits beyond 32 of an int before it undoes the zigzag. */
  private static long unzigzag(long value, int maxBytes) {
    long bits = maxBytes == MAX_INT_BYTES ? value & 0xFFFFFFFFL : value;
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** Moves over a string or bytes and returns their length in bytes; they end at the position. */
  int skipLengthPrefixed(String field) {
    long length = readLong(field);
    if (failed()) {
      return 0;
    }
    if (length < 0 || length > remaining()) {
      fail(field, " has a length beyond the record's end");
      return 0;
    }
    position += (int) length;
    return (int) length;
  }

  /**
   * The number of items in the next block of an array or a map; 0 after the last block. A block may
   * announce its size in bytes; that size is read and not believed, as in Avro's own reader.
   *
   * @param minItemBytes the least bytes that an item has: more items than fit cannot be
   */
  int readBlockCount(String field, int minItemBytes) {
    long count = readLong(field);
    if (count < 0) {
      readLong(field);
      count = -count;
    }
    if (failed()) {
      return 0;
    }
    if (count < 0 || count > remaining() / minItemBytes) {
      fail(field, " has more items than bytes are left");
      return 0;
    }
    return (int) count;
  }

  void skip(int byteCount, String field) {
    if (byteCount > remaining()) {
      fail(field, " ends too early");
    } else {
      position += byteCount;
    }
  }

  void fail(String field, String what) {
    if (problem == null) {
      problem = field + what;
    }
    position = end;
  }
}
