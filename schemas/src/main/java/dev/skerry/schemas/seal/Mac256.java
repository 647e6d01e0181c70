package dev.skerry.schemas.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 under one key. Not thread-safe. */
final class Mac256 {

  /** Half of it, which RFC 2104 allows: 128 bits that a forger would have to guess. */
  static final int SHORT_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);

  Mac256(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no " + ALGORITHM, e);
    }
  }

  /** Of some text, whole. */
  byte[] of(String text) {
    return mac.doFinal(text.getBytes(UTF_8));
  }

  /** Of a record where it stands, in short. Each part with its length: none runs into the next. */
  byte[] of(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    add(topic.getBytes(UTF_8));
    add(key);
    add(value);
    return Arrays.copyOf(mac.doFinal(), SHORT_BYTES);
  }

  private void add(byte @Nullable [] part) {
    length.clear();
    mac.update(length.putInt(part == null ? -1 : part.length).array());
    if (part != null) {
      mac.update(part);
    }
  }
}
