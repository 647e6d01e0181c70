package dev.skerry.schemas.release;

import java.nio.charset.StandardCharsets;

/**
 * A number from 0 to below 1 that depends on bytes and a salt alone, the same everywhere and for
 * ever: FNV-1a, then MurmurHash3's mix. With the salt of a release, its devices and sites are
 * others than those of the release before.
 */
public final class StableShare {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final double UNIT = 0x1p-53;

  private StableShare() {}

  /** Of a text in UTF-8. */
  public static double of(String text, long salt) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length, salt);
  }

  /** Of some bytes. */
  public static double of(byte[] bytes, int offset, int length, long salt) {
    return (hash(bytes, offset, length, FNV_OFFSET ^ salt) >>> 11) * UNIT;
  }

  /** The salt of a release. */
  public static long salt(ReleaseId release) {
    byte[] bytes = (release.model() + '\0' + release.version()).getBytes(StandardCharsets.UTF_8);
    return hash(bytes, 0, bytes.length, FNV_OFFSET);
  }

  private static long hash(byte[] bytes, int offset, int length, long seed) {
    long hash = seed;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * FNV_PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
