package dev.skerry.local.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of the SHA-256 of a record's timestamp, key, value and headers: equal for
 * copies.
 */
record Fingerprint(long high, long low) {

  static Fingerprint of(ConsumerRecord<byte[], byte[]> record) {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(record.timestamp()).flip());
    update(digest, record.key());
    update(digest, record.value());
    for (Header header : record.headers()) {
      update(digest, header.key().getBytes(UTF_8));
      update(digest, header.value());
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  /** With the length before the bytes, so that no key can pass for a part of a value. */
  private static void update(MessageDigest digest, byte @Nullable [] bytes) {
    int length = bytes == null ? -1 : bytes.length;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    if (bytes != null) {
      digest.update(bytes);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
