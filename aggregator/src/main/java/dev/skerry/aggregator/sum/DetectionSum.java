package dev.skerry.aggregator.sum;

import dev.skerry.schemas.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Detections and dead letters, added up. Belongs to one thread. */
public final class DetectionSum {

  long count;
  long lowConfidenceCount;
  double confidenceSum;
  float confidenceMin = Float.POSITIVE_INFINITY;
  float confidenceMax = Float.NEGATIVE_INFINITY;
  long latencyMillisSum;
  long latencyMillisMax = Long.MIN_VALUE;
  final Quantiles confidences = new Quantiles();
  final Quantiles eventLatenciesMillis = new Quantiles();
  final DistinctCount devices = new DistinctCount();
  final Map<String, Long> deadLetters = new TreeMap<>();

  /** Adds a detection. */
  void add(Detection detection) {
    float confidence = detection.getConfidence();
    long latencyMillis =
        millisBetween(detection.getSource().getAppendTime(), detection.getInferredAt());
    count++;
    lowConfidenceCount += detection.getLowConfidence() ? 1 : 0;
    confidenceSum += confidence;
    confidenceMin = Math.min(confidenceMin, confidence);
    confidenceMax = Math.max(confidenceMax, confidence);
    latencyMillisSum += latencyMillis;
    latencyMillisMax = Math.max(latencyMillisMax, latencyMillis);
    confidences.add(confidence);
    eventLatenciesMillis.add(
        (float) millisBetween(detection.getEventTime(), detection.getInferredAt()));
    devices.add(detection.getDeviceId());
  }

  /** Adds a dead letter. */
  void addDeadLetter(String reason) {
    deadLetters.merge(reason, 1L, Long::sum);
  }

  /** Adds what another sum has. */
  void add(DetectionSum other) {
    count += other.count;
    lowConfidenceCount += other.lowConfidenceCount;
    confidenceSum += other.confidenceSum;
    confidenceMin = Math.min(confidenceMin, other.confidenceMin);
    confidenceMax = Math.max(confidenceMax, other.confidenceMax);
    latencyMillisSum += other.latencyMillisSum;
    latencyMillisMax = Math.max(latencyMillisMax, other.latencyMillisMax);
    confidences.add(other.confidences);
    eventLatenciesMillis.add(other.eventLatenciesMillis);
    devices.add(other.devices);
    other.deadLetters.forEach((reason, letters) -> deadLetters.merge(reason, letters, Long::sum));
  }

  private static long millisBetween(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }
}
