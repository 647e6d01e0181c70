package dev.skerry.ingest.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A token as it is kept: its SHA-256. Tokens are 256 random bits (see {@link NewToken}), so that
 * nothing is gained by guessing at a hash, and a slow function for weak passwords would only make
 * each connection dear.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record TokenHash(String hex) {

  private static final String PREFIX = "sha256:";

  /** Checks the digits. */
  public TokenHash {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a token's hash is sha256: and 64 lower-case hexadecimal digits");
    }
  }

  /** The hash of a token that a client shows. */
  public static TokenHash of(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return new TokenHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Reads {@code sha256:} and the digits; {@link IllegalArgumentException} for anything else. */
  public static TokenHash parse(String text) {
    return new TokenHash(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
