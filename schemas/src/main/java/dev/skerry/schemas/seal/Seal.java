package dev.skerry.schemas.seal;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record's seal: the header {@value #HEADER} of a version byte, the id of the key and half of an
 * HMAC-SHA256 over topic, key and value under the key of the site that wrote it.
 *
 * @param keyId of the fleet's key that the site's comes from
 * @param mac 16 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Compared in constant time alone.
record Seal(int keyId, byte[] mac) {

  static final String HEADER = "seal";

  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = 2;

  byte[] toBytes() {
    byte[] bytes = new byte[HEAD_BYTES + mac.length];
    bytes[0] = VERSION;
    bytes[1] = (byte) keyId;
    System.arraycopy(mac, 0, bytes, HEAD_BYTES, mac.length);
    return bytes;
  }

  /** That of a record, the last where there are several; empty where it has none or no such. */
  static Optional<Seal> of(Headers headers) {
    @Nullable Header header = headers.lastHeader(HEADER);
    byte @Nullable [] bytes = header == null ? null : header.value();
    if (bytes == null || bytes.length != HEAD_BYTES + Mac256.SHORT_BYTES || bytes[0] != VERSION) {
      return Optional.empty();
    }
    byte[] mac = new byte[Mac256.SHORT_BYTES];
    System.arraycopy(bytes, HEAD_BYTES, mac, 0, mac.length);
    return Optional.of(new Seal(bytes[1], mac));
  }
}
