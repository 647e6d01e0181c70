package dev.skerry.schemas.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The fields of one protocol buffer message, one after the other. Not thread-safe. */
final class ProtoReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int MAX_VARINT_BITS = 64;
  private static final int TYPE_BITS = 3;
  private static final int BLOCK_BYTES = 1 << 16;

  private final InputStream in;
  private long remaining;
  private int field;
  private int type;

  /** The bytes are no message. */
  static final class MalformedException extends IOException {
    MalformedException(String message) {
      super(message);
    }
  }

  ProtoReader(InputStream in, long length) {
    this.in = in;
    this.remaining = length;
  }

  /** Goes to the next field; false where there is none. */
  boolean next() throws IOException {
    if (remaining == 0) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> TYPE_BITS);
    type = (int) tag & ((1 << TYPE_BITS) - 1);
    return true;
  }

  /** The field's number. */
  int field() {
    return field;
  }

  long number() throws IOException {
    require(type == VARINT);
    return varint();
  }

  byte[] bytes() throws IOException {
    require(type == LENGTH_DELIMITED);
    int length = Math.toIntExact(length());
    byte[] bytes = in.readNBytes(length);
    require(bytes.length == length);
    remaining -= length;
    return bytes;
  }

  ProtoReader message() throws IOException {
    byte[] bytes = bytes();
    return new ProtoReader(new ByteArrayInputStream(bytes), bytes.length);
  }

  void skip() throws IOException {
    switch (type) {
      case VARINT -> varint();
      case FIXED_64 -> skip(Long.BYTES);
      case FIXED_32 -> skip(Integer.BYTES);
      case LENGTH_DELIMITED -> skip(length());
      default -> require(false);
    }
  }

  private void skip(long count) throws IOException {
    require(count <= remaining);
    // Read and not skipped: whoever counts or hashes the bytes must see them.
    byte[] block = new byte[(int) Math.min(count, BLOCK_BYTES)];
    for (long left = count; left > 0; ) {
      int read = in.readNBytes(block, 0, (int) Math.min(left, BLOCK_BYTES));
      require(read > 0);
      left -= read;
    }
    remaining -= count;
  }

  private long length() throws IOException {
    long length = varint();
    require(length >= 0 && length <= remaining);
    return length;
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += Byte.SIZE - 1) {
      int next = in.read();
      require(next >= 0 && remaining-- > 0);
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedException("it is not in the format");
  }

  private static void require(boolean holds) throws MalformedException {
    if (!holds) {
      throw new MalformedException("it is not in the format");
    }
  }
}
