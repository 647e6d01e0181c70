package dev.skerry.retrain.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of bytes that are added one after the other. Not thread-safe. */
final class Sha256 {

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(Path file) throws IOException {
    Sha256 hash = new Sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hash.digest.update(buffer, 0, read);
      }
    }
    return hash.toHex();
  }

  Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  Sha256 add(String text) {
    return add(text.getBytes(UTF_8)).add(new byte[1]);
  }

  String toHex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
