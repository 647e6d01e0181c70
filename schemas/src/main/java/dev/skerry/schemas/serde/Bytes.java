package dev.skerry.schemas.serde;

import java.nio.ByteBuffer;

/** Avro's bytes, and records as they were fetched, as arrays. */
public final class Bytes {

  private Bytes() {}

  /** A copy of what remains of a buffer, whose position stays. */
  public static byte[] copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
