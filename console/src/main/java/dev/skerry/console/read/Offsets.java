package dev.skerry.console.read;

/**
 * How far the site's topics and their readers are.
 *
 * @param telemetry records of readings that ever came
 * @param frames frames that ever came
 * @param unanswered telemetry that inference has not committed yet
 * @param telemetryBytes what telemetry takes on the broker's disk now
 */
public record Offsets(long telemetry, long frames, long unanswered, long telemetryBytes) {

  /** Of a broker that was not asked yet. */
  public static final Offsets NONE = new Offsets(0, 0, 0, 0);
}
