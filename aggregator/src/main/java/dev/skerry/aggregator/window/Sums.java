package dev.skerry.aggregator.window;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Detection;
import java.time.Duration;
import java.time.Instant;

/**
 * How aggregates add up. Adding is associative and commutative (floating-point sums up to
 * rounding), so partial aggregates of any split of the detections add up to the same.
 */
final class Sums {

  private Sums() {}

  /** The aggregate of one detection. */
  static Aggregate of(WindowKey key, Detection detection) {
    long latencyMillis = latencyMillis(detection);
    return Aggregate.newBuilder()
        .setSiteId(key.stream().siteId())
        .setStream(key.stream().stream())
        .setModel(key.model())
        .setModelVersion(key.modelVersion())
        .setLabel(key.label())
        .setWindowStart(Instant.ofEpochMilli(key.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(key.endMillis()))
        .setLate(false)
        .setCount(1)
        .setLowConfidenceCount(detection.getLowConfidence() ? 1 : 0)
        .setConfidenceSum(detection.getConfidence())
        .setConfidenceMin(detection.getConfidence())
        .setConfidenceMax(detection.getConfidence())
        .setLatencyMillisSum(latencyMillis)
        .setLatencyMillisMax(latencyMillis)
        .build();
  }

  /** Adds one to the other in place. */
  static void add(Aggregate to, Aggregate delta) {
    to.setCount(to.getCount() + delta.getCount());
    to.setLowConfidenceCount(to.getLowConfidenceCount() + delta.getLowConfidenceCount());
    to.setConfidenceSum(to.getConfidenceSum() + delta.getConfidenceSum());
    to.setConfidenceMin(Math.min(to.getConfidenceMin(), delta.getConfidenceMin()));
    to.setConfidenceMax(Math.max(to.getConfidenceMax(), delta.getConfidenceMax()));
    to.setLatencyMillisSum(to.getLatencyMillisSum() + delta.getLatencyMillisSum());
    to.setLatencyMillisMax(Math.max(to.getLatencyMillisMax(), delta.getLatencyMillisMax()));
  }

  /** Adds one detection in place, as {@link #of} and {@link #add} would. */
  static void add(Aggregate to, Detection detection) {
    float confidence = detection.getConfidence();
    long latencyMillis = latencyMillis(detection);
    to.setCount(to.getCount() + 1);
    to.setLowConfidenceCount(to.getLowConfidenceCount() + (detection.getLowConfidence() ? 1 : 0));
    to.setConfidenceSum(to.getConfidenceSum() + confidence);
    to.setConfidenceMin(Math.min(to.getConfidenceMin(), confidence));
    to.setConfidenceMax(Math.max(to.getConfidenceMax(), confidence));
    to.setLatencyMillisSum(to.getLatencyMillisSum() + latencyMillis);
    to.setLatencyMillisMax(Math.max(to.getLatencyMillisMax(), latencyMillis));
  }

  private static long latencyMillis(Detection detection) {
    return Duration.between(detection.getSource().getAppendTime(), detection.getInferredAt())
        .toMillis();
  }
}
