package dev.skerry.local.link;

/**
 * How many bytes may pass now: a token bucket that holds a tenth of a second. Times are those of
 * one monotonic clock. Not thread-safe.
 */
final class Allowance {

  private static final double DEPTH_SECONDS = 0.1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final double bytesPerSecond;
  private final double depthBytes;
  private double bytes;
  private long refilledAtNanos;

  Allowance(long bytesPerSecond, long nowNanos) {
    this.bytesPerSecond = bytesPerSecond;
    this.depthBytes = Math.max(1, bytesPerSecond * DEPTH_SECONDS);
    this.bytes = depthBytes;
    this.refilledAtNanos = nowNanos;
  }

  /** Whole bytes that may pass now. */
  int available(long nowNanos) {
    double elapsedSeconds = (nowNanos - refilledAtNanos) / NANOS_PER_SECOND;
    bytes = Math.min(depthBytes, bytes + elapsedSeconds * bytesPerSecond);
    refilledAtNanos = nowNanos;
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  void spend(int passedBytes) {
    bytes -= passedBytes;
  }

  /** How long until a useful share of the depth is there again. */
  long nanosUntilUseful() {
    double wanted = Math.min(depthBytes, Math.max(1, depthBytes / 4));
    return (long) (Math.max(0, wanted - bytes) / bytesPerSecond * NANOS_PER_SECOND) + 1;
  }
}
