package dev.skerry.ingest.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes tokens: 256 random bits as 43 characters that need no quoting anywhere. */
public final class NewToken {

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NewToken() {}

  /** A token that nobody has seen before. */
  public static String make() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
