package dev.skerry.schemas.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blocks of a PEM file (RFC 7468). */
final class PemFile {

  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private PemFile() {}

  /** The content of the first block with this label; empty where there is none. */
  static Optional<byte[]> read(Path file, String label) {
    Pattern block =
        Pattern.compile(
            "-----BEGIN %s-----([A-Za-z0-9+/=\\s]+)-----END %s-----".formatted(label, label));
    try {
      Matcher found = block.matcher(Files.readString(file));
      return found.find()
          ? Optional.of(Base64.getMimeDecoder().decode(found.group(1)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidKeyFileException(
          "The key file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static String text(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, ENCODER.encodeToString(content), label);
  }
}
