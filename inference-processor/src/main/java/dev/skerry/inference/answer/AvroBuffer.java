package dev.skerry.inference.answer;

import dev.skerry.schemas.serde.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Avro binary in an array that grows and is used again for each record. Not thread-safe. */
final class AvroBuffer {

  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIRST_CAPACITY = 1024;
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int size;

  /** Starts a record in the wire format. */
  AvroBuffer begin(int schemaId) {
    WireFormat.writeHeader(bytes, schemaId);
    size = WireFormat.HEADER_BYTES;
    return this;
  }

  /** Starts a piece of a record. */
  AvroBuffer beginPiece() {
    size = 0;
    return this;
  }

  /** A copy of what was written since the start. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  AvroBuffer writeRaw(byte[] source) {
    return writeRaw(source, 0, source.length);
  }

  AvroBuffer writeRaw(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  AvroBuffer writeLong(long value) {
    reserve(MAX_VARINT_BYTES);
    if (value >= 0 && value < 64) {
      bytes[size++] = (byte) (value << 1); // Most numbers are counts and symbols of one byte.
      return this;
    }
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  AvroBuffer writeFloat(float value) {
    reserve(Float.BYTES);
    LITTLE_ENDIAN.set(bytes, size, value);
    size += Float.BYTES;
    return this;
  }

  /** How many bytes were written since the start. */
  int size() {
    return size;
  }

  /** Puts a float over what was written. */
  void overwriteFloat(int position, float value) {
    LITTLE_ENDIAN.set(bytes, position, value);
  }

  AvroBuffer writeBoolean(boolean value) {
    reserve(1);
    bytes[size++] = (byte) (value ? 1 : 0);
    return this;
  }

  AvroBuffer writeString(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return writeLong(utf8.length).writeRaw(utf8);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }
}
