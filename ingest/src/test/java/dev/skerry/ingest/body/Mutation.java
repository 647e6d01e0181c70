package dev.skerry.ingest.body;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bodies, the same way for the same seed. */
public final class Mutation {

  private static final byte[][] PIECES = {
    "null".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "[".repeat(40).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "1e999".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "-9223372036854775809".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "NaN".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "{\"a\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    "\\uD800".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F},
    {(byte) 0xFE, (byte) 0xFF},
    {0, 0, 0, 0, 0},
    {(byte) 0xC0, (byte) 0x80}
  };

  private Mutation() {}

  /** One of the bodies, with one to four places changed, cut out, doubled or put in. */
  public static byte[] of(List<byte[]> bodies, Random random) {
    byte[] body = bodies.get(random.nextInt(bodies.size())).clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      body = change(body, random);
    }
    return body;
  }

  private static byte[] change(byte[] body, Random random) {
    int at = random.nextInt(body.length + 1);
    int length = Math.min(random.nextInt(24), body.length - at);
    return switch (random.nextInt(6)) {
      case 0 -> flipped(body, random);
      case 1 -> Arrays.copyOf(body, at);
      case 2 -> joined(body, at, new byte[0], at + length);
      case 3 -> joined(body, at, Arrays.copyOfRange(body, at, at + length), at);
      case 4 -> joined(body, at, PIECES[random.nextInt(PIECES.length)], at);
      default -> joined(body, at, PIECES[random.nextInt(PIECES.length)], at + length);
    };
  }

  private static byte[] flipped(byte[] body, Random random) {
    if (body.length > 0) {
      body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return body;
  }

  private static byte[] joined(byte[] body, int until, byte[] between, int from) {
    byte[] joined = new byte[until + between.length + body.length - from];
    System.arraycopy(body, 0, joined, 0, until);
    System.arraycopy(between, 0, joined, until, between.length);
    System.arraycopy(body, from, joined, until + between.length, body.length - from);
    return joined;
  }
}
