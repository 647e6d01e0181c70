package dev.skerry.bench.prove;

import java.util.List;
import java.util.Locale;

/**
 * What a process held.
 *
 * @param at how far it was: records answered, or swaps done
 * @param mebibytes resident memory, heap and native
 */
record MemorySample(long at, double mebibytes) {

  /** The heap has one size and is touched at the start, so that what grows is native memory. */
  static final List<String> FIXED_HEAP =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final double BYTES_PER_TENTH = (1 << 20) / 10.0;

  static MemorySample of(long at, long bytes) {
    return new MemorySample(at, Math.round(bytes / BYTES_PER_TENTH) / 10.0);
  }

  String describe() {
    return String.format(Locale.ROOT, "at %,d: %.1f MiB", at, mebibytes);
  }
}
