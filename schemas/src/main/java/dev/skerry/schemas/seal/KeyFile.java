package dev.skerry.schemas.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * A secret in a file, in one line: what it is, whose or which, and 256 bits in Base64.
 *
 * @param kind the first word
 * @param words what stands between
 * @param secret never shown
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
record KeyFile(String kind, List<String> words, byte[] secret) {

  static final int SECRET_BYTES = 32;

  private static final String HOW = ": make one with ./skerry seal, see docs/security.md";

  /**
   * Reads a file of a kind.
   *
   * @throws InvalidKeyException that names the file, for one that is no such thing
   */
  static KeyFile read(Path file, String kind, int words) {
    try {
      List<String> parts = List.of(Files.readString(file).strip().split("\\s+"));
      if (parts.size() == words + 2 && parts.get(0).equals(kind)) {
        byte[] secret = Base64.getDecoder().decode(parts.get(words + 1));
        if (secret.length == SECRET_BYTES) {
          return new KeyFile(kind, parts.subList(1, words + 1), secret);
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidKeyException("There is no file " + file + HOW, e);
    } catch (IOException e) {
      throw new InvalidKeyException(file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException(file + " holds no Base64 where the secret should be", e);
    }
    throw new InvalidKeyException(file + " is no " + kind + HOW, null);
  }

  String text() {
    return kind
        + " "
        + String.join(" ", words)
        + " "
        + Base64.getEncoder().encodeToString(secret)
        + "\n";
  }
}
