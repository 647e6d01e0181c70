package dev.skerry.aggregator.answers;

import dev.skerry.schemas.AnswerVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the ledger of answers says in numbers. Thread-safe for one writer. */
final class AnswerMetrics {

  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong surplus = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();
  private final Counter gaps;
  private final Counter unreadable;

  AnswerMetrics(MeterRegistry metrics) {
    gauge(metrics, "unanswered.records", unanswered, "Telemetry that was passed without an answer");
    gauge(metrics, "surplus", surplus, "Answers to telemetry that had one");
    gauge(
        metrics, "complete.records", settled, "Telemetry that has an answer, since counting began");
    gaps = counter(metrics, "gap.offsets", "Offsets that retention took before they were answered");
    unreadable = counter(metrics, "unreadable", "Records among the answers that cannot be read");
  }

  void unreadable() {
    unreadable.increment();
  }

  void update(AnswerLedger ledger, List<Finding> found) {
    unanswered.set(ledger.unanswered());
    surplus.set(ledger.surplusAnswers());
    settled.set(ledger.complete().stream().mapToLong(Finding::count).sum());
    found.stream()
        .filter(finding -> finding.verdict() == AnswerVerdict.GAP)
        .forEach(finding -> gaps.increment((double) finding.count()));
  }

  private static void gauge(
      MeterRegistry metrics, String name, AtomicLong value, String description) {
    Gauge.builder("skerry.answers." + name, value, AtomicLong::doubleValue)
        .description(description)
        .register(metrics);
  }

  private static Counter counter(MeterRegistry metrics, String name, String description) {
    return Counter.builder("skerry.answers." + name).description(description).register(metrics);
  }
}
