package dev.skerry.schemas.serde;

import java.nio.ByteBuffer;

/**
 * Confluent's wire format: byte 0, the schema id as four bytes big-endian, then Avro binary.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Wire
 *     format</a>
 */
public final class WireFormat {

  /** The first byte of every record. */
  public static final byte MAGIC = 0;

  /** Magic byte and schema id: where the Avro binary begins. */
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** Whether the bytes can be in the wire format at all: long enough, and with the magic byte. */
  public static boolean isFramed(byte[] bytes) {
    return bytes.length >= HEADER_BYTES && bytes[0] == MAGIC;
  }

  /** The same of what remains of a buffer, whose position stays. */
  public static boolean isFramed(ByteBuffer bytes) {
    return bytes.remaining() >= HEADER_BYTES && bytes.get(bytes.position()) == MAGIC;
  }

  /** The schema id of a record for which {@link #isFramed} holds. */
  public static int schemaId(byte[] framed) {
    return (framed[1] & 0xFF) << 24
        | (framed[2] & 0xFF) << 16
        | (framed[3] & 0xFF) << 8
        | (framed[4] & 0xFF);
  }

  /** The same of what remains of a big-endian buffer, whose position stays. */
  public static int schemaId(ByteBuffer framed) {
    return framed.getInt(framed.position() + 1);
  }

  /** Writes magic byte and schema id to the first {@link #HEADER_BYTES} bytes. */
  public static void writeHeader(byte[] target, int schemaId) {
    target[0] = MAGIC;
    target[1] = (byte) (schemaId >>> 24);
    target[2] = (byte) (schemaId >>> 16);
    target[3] = (byte) (schemaId >>> 8);
    target[4] = (byte) schemaId;
  }
}
