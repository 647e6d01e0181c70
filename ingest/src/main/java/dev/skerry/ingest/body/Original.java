package dev.skerry.ingest.body;

import java.util.Arrays;

/**
 * The bytes of one message as they came, inside those of its whole body. Whoever keeps this keeps
 * the body in memory.
 *
 * @param contentType what they are, as a media type
 * @param bytes the whole body, not to be changed
 * @param from where the message begins, inclusive
 * @param to where it ends, exclusive
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares originals.
public record Original(String contentType, byte[] bytes, int from, int to) {

  /** The message is all of the body. */
  public static Original whole(String contentType, byte[] bytes) {
    return new Original(contentType, bytes, 0, bytes.length);
  }

  /** How many bytes the message has. */
  public int length() {
    return to - from;
  }

  /** The message's bytes alone. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
