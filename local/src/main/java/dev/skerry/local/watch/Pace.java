package dev.skerry.local.watch;

import java.util.Collection;
import java.util.Map;

/**
 * What a site, or several, have done between two snapshots, and where they stand.
 *
 * @param records telemetry and detections of the run; 0 while it starts
 * @param inPerSecond telemetry that came in
 * @param outPerSecond detections
 * @param lag telemetry that is not answered yet
 * @param p99Millis 99th percentile of the latency since the snapshot before; 0 where nothing was
 *     answered since
 * @param deadLetters records that were given up, by whichever part
 * @param overflow records that were left to the cloud
 * @param cloud committed records of mirrored topics in the cloud
 * @param edge the same at the edge
 */
record Pace(
    long records,
    long inPerSecond,
    long outPerSecond,
    long lag,
    long p99Millis,
    long deadLetters,
    long overflow,
    long cloud,
    long edge) {

  static Pace of(Snapshot before, Snapshot now) {
    return new Pace(
        now.telemetry() + now.detections(),
        perSecond(before, now, now.telemetry() - before.telemetry()),
        perSecond(before, now, now.detections() - before.detections()),
        now.lag(),
        now.detections() > before.detections() ? now.recentP99Millis() : 0,
        now.deadLetters() + now.otherDeadLetters(),
        now.overflow(),
        sum(now.cloud()),
        sum(now.edge()));
  }

  /** All of them as one; the latency is that of the slowest. */
  static Pace together(Collection<Pace> paces) {
    return paces.stream().reduce(new Pace(0, 0, 0, 0, 0, 0, 0, 0, 0), Pace::plus);
  }

  private Pace plus(Pace other) {
    return new Pace(
        records + other.records,
        inPerSecond + other.inPerSecond,
        outPerSecond + other.outPerSecond,
        lag + other.lag,
        Math.max(p99Millis, other.p99Millis),
        deadLetters + other.deadLetters,
        overflow + other.overflow,
        cloud + other.cloud,
        edge + other.edge);
  }

  private static long perSecond(Snapshot before, Snapshot now, long records) {
    long elapsedMillis = Math.max(1, now.atMillis() - before.atMillis());
    return Math.round(records * 1000.0 / elapsedMillis);
  }

  private static long sum(Map<String, Long> records) {
    return records.values().stream().mapToLong(Long::longValue).sum();
  }
}
