package dev.skerry.bench.prove;

import java.util.List;
import java.util.Locale;

/**
 * What a process held.
 *
 * @param records answered by then
 * @param mebibytes resident memory, heap and native
 */
record MemorySample(long records, double mebibytes) {

  /** The heap has one size and is touched at the start, so that what grows is native memory. */
  static final List<String> FIXED_HEAP =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-Xshare:auto");

  private static final double BYTES_PER_TENTH = (1 << 20) / 10.0;

  static MemorySample of(long records, long bytes) {
    return new MemorySample(records, Math.round(bytes / BYTES_PER_TENTH) / 10.0);
  }

  String describe() {
    return String.format(Locale.ROOT, "%,d records, %.1f MiB", records, mebibytes);
  }
}
