package dev.skerry.local.watch;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a run does, from the records that it is shown. Not thread-safe. */
final class Tally {

  private static final String INFERENCE = "inference";

  private final LatencyHistogram recent = new LatencyHistogram();
  private final RunLatency run = new RunLatency();
  private final SortedMap<String, Long> byLabel = new TreeMap<>();
  private final SortedMap<String, Long> byModel = new TreeMap<>();
  private final Map<String, Long> edge = new HashMap<>();
  private final Map<String, Long> cloud = new HashMap<>();
  private long telemetry;
  private long frames;
  private long detections;
  private long deadLetters;
  private long otherDeadLetters;
  private long overflow;
  private long lowConfidence;

  void telemetry(long records, long framesAmongThem) {
    telemetry = records;
    frames = framesAmongThem;
  }

  void detection(Detection detection, long readAtMillis) {
    detections++;
    byLabel.merge(detection.getLabel(), 1L, Long::sum);
    byModel.merge(detection.getModel() + " " + detection.getModelVersion(), 1L, Long::sum);
    if (detection.getLowConfidence()) {
      lowConfidence++;
    }
    long appendedAtMillis = detection.getSource().getAppendTime().toEpochMilli();
    recent.add(readAtMillis - appendedAtMillis);
    run.add(detection.getModel(), appendedAtMillis, readAtMillis);
  }

  void deadLetter(DeadLetter letter) {
    if (letter.getStage().equals(INFERENCE)) {
      deadLetters++;
    } else {
      otherDeadLetters++;
    }
  }

  void overflow() {
    overflow++;
  }

  void atTheEdge(String topic) {
    edge.merge(topic, 1L, Long::sum);
  }

  void inTheCloud(String topic) {
    cloud.merge(topic, 1L, Long::sum);
  }

  /** What was counted so far; begins a new period for the recent latencies. */
  Snapshot snapshot(long atMillis) {
    Snapshot snapshot =
        new Snapshot(
            atMillis,
            telemetry,
            frames,
            detections,
            deadLetters,
            otherDeadLetters,
            overflow,
            lowConfidence,
            new TreeMap<>(byLabel),
            new TreeMap<>(byModel),
            Map.copyOf(edge),
            Map.copyOf(cloud),
            recent.percentileMillis(0.50),
            recent.percentileMillis(0.99),
            run.percentileMillis(0.50),
            run.percentileMillis(0.99));
    recent.clear();
    return snapshot;
  }
}
