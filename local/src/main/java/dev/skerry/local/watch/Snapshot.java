package dev.skerry.local.watch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run has done up to a moment.
 *
 * @param atMillis when it was taken
 * @param telemetry records that came in
 * @param frames how many of them are frames
 * @param detections answers by a model
 * @param deadLetters records that inference answered with a reason
 * @param otherDeadLetters records that other parts gave up
 * @param overflow records that were left to the cloud
 * @param lowConfidence detections below their model's threshold
 * @param byLabel detections by label
 * @param byModel detections by model and version, for example {@code vibration-faults 1.0.0}
 * @param edge committed records of mirrored topics at the edge, by topic
 * @param cloud committed records of mirrored topics in the cloud, by topic
 * @param recentP50Millis median latency since the snapshot before, from the append of the telemetry
 *     until its detection could be read
 * @param recentP99Millis 99th percentile of the same
 * @param p50Millis median latency of the run, since each model's first answer
 * @param p99Millis 99th percentile of the same
 */
public record Snapshot(
    long atMillis,
    long telemetry,
    long frames,
    long detections,
    long deadLetters,
    long otherDeadLetters,
    long overflow,
    long lowConfidence,
    SortedMap<String, Long> byLabel,
    SortedMap<String, Long> byModel,
    Map<String, Long> edge,
    Map<String, Long> cloud,
    long recentP50Millis,
    long recentP99Millis,
    long p50Millis,
    long p99Millis) {

  /** Of nothing yet. */
  public static Snapshot empty(long atMillis) {
    return new Snapshot(
        atMillis,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        Map.of(),
        Map.of(),
        0,
        0,
        0,
        0);
  }

  /** Telemetry that is not answered yet. */
  public long lag() {
    return Math.max(0, telemetry - detections - deadLetters - overflow);
  }

  /** Whether the cloud has as many mirrored records as the edge. */
  public boolean mirrored() {
    return edge.equals(cloud);
  }
}
