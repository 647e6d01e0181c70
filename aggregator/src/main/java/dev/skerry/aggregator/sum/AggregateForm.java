package dev.skerry.aggregator.sum;

import dev.skerry.aggregator.window.Closed;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.Aggregate;
import java.time.Instant;

/** Sums as {@link Aggregate}s, and back. */
public final class AggregateForm {

  private AggregateForm() {}

  /** What a window gave out, as it is written. */
  public static Aggregate of(WindowKey key, Closed<DetectionSum> closed) {
    DetectionSum sum = closed.sum();
    Aggregate aggregate = nameless(sum);
    aggregate.setSiteId(key.group().stream().siteId());
    aggregate.setStream(key.group().stream().stream());
    aggregate.setModel(key.group().model());
    aggregate.setModelVersion(key.group().modelVersion());
    aggregate.setLabel(key.group().label());
    aggregate.setWindowStart(Instant.ofEpochMilli(key.startMillis()));
    aggregate.setWindowEnd(Instant.ofEpochMilli(key.endMillis()));
    aggregate.setLate(closed.late());
    addPlainColumns(aggregate, sum);
    return aggregate;
  }

  private static void addPlainColumns(Aggregate aggregate, DetectionSum sum) {
    if (sum.count > 0) {
      aggregate.setConfidenceMean(sum.confidenceSum / sum.count);
      aggregate.setLowConfidenceShare((double) sum.lowConfidenceCount / sum.count);
    }
    aggregate.setConfidenceP05(sum.confidences.quantile(0.05));
    aggregate.setConfidenceP50(sum.confidences.quantile(0.5));
    aggregate.setConfidenceP95(sum.confidences.quantile(0.95));
    aggregate.setEventLatencyMillisP50((long) sum.eventLatenciesMillis.quantile(0.5));
    aggregate.setEventLatencyMillisP95((long) sum.eventLatenciesMillis.quantile(0.95));
    aggregate.setEventLatencyMillisP99((long) sum.eventLatenciesMillis.quantile(0.99));
    aggregate.setDevices(sum.devices.count());
  }

  /** A sum alone: no window, and nothing that follows from the rest. */
  static Aggregate nameless(DetectionSum sum) {
    boolean some = sum.count > 0;
    return Aggregate.newBuilder()
        .setSiteId("")
        .setStream("")
        .setModel("")
        .setModelVersion("")
        .setLabel("")
        .setWindowStart(Instant.EPOCH)
        .setWindowEnd(Instant.EPOCH)
        .setCount(sum.count)
        .setLowConfidenceCount(sum.lowConfidenceCount)
        .setConfidenceSum(sum.confidenceSum)
        .setConfidenceMin(some ? sum.confidenceMin : 0)
        .setConfidenceMax(some ? sum.confidenceMax : 0)
        .setLatencyMillisSum(sum.latencyMillisSum)
        .setLatencyMillisMax(some ? sum.latencyMillisMax : 0)
        .setConfidenceSketch(sum.confidences.toBytes())
        .setEventLatencySketch(sum.eventLatenciesMillis.toBytes())
        .setDeviceSketch(sum.devices.toBytes())
        .setDeadLetters(sum.deadLetters)
        .build();
  }

  /** Adds an aggregate to a sum; it must be one that {@link #sum} takes. */
  public static void addTo(DetectionSum to, Aggregate aggregate) {
    to.add(sum(aggregate));
  }

  /**
   * The sum that an aggregate is. Throws {@link IllegalArgumentException} where its sketches are
   * none.
   */
  public static DetectionSum sum(Aggregate aggregate) {
    DetectionSum sum = new DetectionSum();
    if (aggregate.getCount() > 0) {
      sum.count = aggregate.getCount();
      sum.lowConfidenceCount = aggregate.getLowConfidenceCount();
      sum.confidenceSum = aggregate.getConfidenceSum();
      sum.confidenceMin = aggregate.getConfidenceMin();
      sum.confidenceMax = aggregate.getConfidenceMax();
      sum.latencyMillisSum = aggregate.getLatencyMillisSum();
      sum.latencyMillisMax = aggregate.getLatencyMillisMax();
    }
    sum.confidences.add(Quantiles.of(aggregate.getConfidenceSketch()));
    sum.eventLatenciesMillis.add(Quantiles.of(aggregate.getEventLatencySketch()));
    sum.devices.add(DistinctCount.of(aggregate.getDeviceSketch()));
    sum.deadLetters.putAll(aggregate.getDeadLetters());
    return sum;
  }
}
