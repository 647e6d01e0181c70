package dev.skerry.retrain.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for devices that say nothing of them, the same for the same device as long as the key is
 * the same: HMAC-SHA-256 of site and device. Without the key nobody can try names. Immutable.
 */
final class Pseudonyms {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_KEY_BYTES = 16;
  private static final int NAME_BYTES = 12;

  private final SecretKeySpec key;

  Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** With the key in a file; throws {@link ConfigException} where there is none to use. */
  static Pseudonyms of(Path file) {
    try {
      byte[] key = Files.readAllBytes(file);
      if (key.length < MIN_KEY_BYTES) {
        throw new ConfigException(
            "select.egress.pseudonym-key %s holds %d bytes; give %d random bytes or more"
                .formatted(file, key.length, MIN_KEY_BYTES));
      }
      return new Pseudonyms(key);
    } catch (IOException e) {
      throw new ConfigException("select.egress.pseudonym-key " + file + " cannot be read: " + e, e);
    }
  }

  String of(String siteId, String deviceId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(siteId.getBytes(UTF_8));
      mac.update((byte) 0);
      byte[] digest = mac.doFinal(deviceId.getBytes(UTF_8));
      return "device-" + HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
    }
  }
}
