package dev.skerry.aggregator.query;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.skerry.aggregator.sum.AggregateForm;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.Closed;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.Aggregate;
import java.util.Map;

/**
 * What is shown of an open window: the plain columns of its aggregate so far, as JSON names them.
 */
record WindowView(
    @JsonIgnore WindowKey key,
    String site,
    String stream,
    String model,
    String modelVersion,
    String label,
    String windowStart,
    String windowEnd,
    long count,
    long lowConfidenceCount,
    double confidenceMean,
    float confidenceP05,
    float confidenceP50,
    float confidenceP95,
    long eventLatencyMillisP50,
    long eventLatencyMillisP95,
    long eventLatencyMillisP99,
    long devices,
    Map<String, Long> deadLetters) {

  static WindowView of(WindowKey key, DetectionSum sum) {
    Aggregate soFar = AggregateForm.of(key, new Closed<>(sum, /* late= */ false));
    return new WindowView(
        key,
        soFar.getSiteId(),
        soFar.getStream(),
        soFar.getModel(),
        soFar.getModelVersion(),
        soFar.getLabel(),
        soFar.getWindowStart().toString(),
        soFar.getWindowEnd().toString(),
        soFar.getCount(),
        soFar.getLowConfidenceCount(),
        soFar.getConfidenceMean(),
        soFar.getConfidenceP05(),
        soFar.getConfidenceP50(),
        soFar.getConfidenceP95(),
        soFar.getEventLatencyMillisP50(),
        soFar.getEventLatencyMillisP95(),
        soFar.getEventLatencyMillisP99(),
        soFar.getDevices(),
        Map.copyOf(soFar.getDeadLetters()));
  }
}
