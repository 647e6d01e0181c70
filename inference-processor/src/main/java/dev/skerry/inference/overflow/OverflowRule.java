package dev.skerry.inference.overflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.service.ConfigException;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * When telemetry overflows, and which. Immutable, but for the bytes that nobody changes.
 *
 * @param share of the devices of these streams, 0 to 1
 * @param streams their names in UTF-8
 * @param startMillis more than so long must have been waited for it to begin
 * @param stopMillis less than so long for it to end
 */
record OverflowRule(double share, List<byte[]> streams, long startMillis, long stopMillis) {

  private static final double HASHES = 1L << 32;
  private static final int MIX = 0x9E3779B1;

  /** Reads the configuration; throws {@link ConfigException} that names the key. */
  static OverflowRule of(OverflowConfig config) {
    double share = config.share();
    if (!(share >= 0 && share <= 1)) {
      throw new ConfigException("inference.overflow.share must be from 0 to 1, not " + share);
    }
    List<String> streams = config.streams().orElse(List.of());
    if (share > 0 && streams.isEmpty()) {
      throw new ConfigException(
          "inference.overflow.share is %s and inference.overflow.streams names none: name the streams whose telemetry may leave the site"
              .formatted(share));
    }
    requireLess(config.stopLag(), config.startLag());
    return new OverflowRule(
        share,
        streams.stream().map(stream -> stream.getBytes(UTF_8)).toList(),
        config.startLag().toMillis(),
        config.stopLag().toMillis());
  }

  private static void requireLess(Duration stop, Duration start) {
    if (stop.isNegative() || stop.compareTo(start) >= 0) {
      throw new ConfigException(
          "inference.overflow.stop-lag (%s) must not be negative and be less than inference.overflow.start-lag (%s)"
              .formatted(stop, start));
    }
  }

  boolean isOn() {
    return share > 0;
  }

  /**
   * Whether a record is of the share. A device's stream is in it or not for as long as the share is
   * the same, in every process.
   */
  boolean admits(TelemetryView view) {
    for (byte[] stream : streams) {
      if (view.isOfStream(stream)) {
        return place(view) < share;
      }
    }
    return false;
  }

  /** From 0 to below 1, by device, site and stream. */
  private static double place(TelemetryView view) {
    CRC32C hash = new CRC32C();
    hash.update(view.bytes(), view.headOffset(), view.nameLength());
    // A checksum of names that differ in one character differs in few places; this spreads it.
    int mixed = (int) hash.getValue() * MIX;
    mixed = (mixed ^ (mixed >>> 15)) * MIX;
    return ((mixed ^ (mixed >>> 13)) & 0xFFFF_FFFFL) / HASHES;
  }
}
