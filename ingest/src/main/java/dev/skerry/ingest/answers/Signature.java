package dev.skerry.ingest.answers;

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
 * Signs what is posted, so that its receiver knows who posted it and when: HMAC-SHA256 over the
 * time in seconds, a point and the body. Thread-safe.
 */
final class Signature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MIN_SECRET_BYTES = 16;

  private final SecretKeySpec key;

  Signature(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** With the secret that a file holds; white space around it does not count. */
  static Signature withSecretOf(Path file) {
    try {
      byte[] secret = Files.readString(file).strip().getBytes(UTF_8);
      if (secret.length < MIN_SECRET_BYTES) {
        throw new ConfigException(
            "gateway.answers.webhook.secret-file "
                + file
                + " holds fewer than "
                + MIN_SECRET_BYTES
                + " bytes; make one with openssl rand -hex 32");
      }
      return new Signature(secret);
    } catch (IOException e) {
      throw new ConfigException(
          "gateway.answers.webhook.secret-file " + file + " cannot be read: " + e, e);
    }
  }

  /** The value of the header. */
  String of(long epochSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((epochSeconds + ".").getBytes(UTF_8));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no " + ALGORITHM, e);
    }
  }
}
