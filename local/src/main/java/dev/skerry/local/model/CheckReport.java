package dev.skerry.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skerry.inference.model.ModelTrial;
import dev.skerry.inference.model.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check found of a model that keeps its contract. Immutable.
 *
 * @param provider what ran it
 * @param goldenSamples that gave their answers
 * @param batches the times of each size
 * @param latencyTargetMillis of its contract; null for none
 * @param largestBatchInTarget rows that keep it, 0 where not even one does; null for no target
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheckReport(
    String model,
    String version,
    String provider,
    int goldenSamples,
    List<Batch> batches,
    @Nullable Float latencyTargetMillis,
    @Nullable Integer largestBatchInTarget) {

  private static final double NANOS_PER_MILLI = 1e6;

  /** One batch size. */
  record Batch(int rows, double medianMillis, double p99Millis, double microsPerRecord) {

    static Batch of(ModelTrial.Timing timing) {
      return new Batch(
          timing.batch(),
          timing.median().toNanos() / NANOS_PER_MILLI,
          timing.p99().toNanos() / NANOS_PER_MILLI,
          timing.microsPerRecord());
    }
  }

  static CheckReport of(ServedModel model, List<ModelTrial.Timing> timings) {
    List<Batch> batches = timings.stream().map(Batch::of).toList();
    Float target = model.contract().latencyTargetMillis();
    return new CheckReport(
        model.contract().name(),
        model.contract().version(),
        model.provider().word(),
        model.contract().golden().size(),
        batches,
        target,
        target == null ? null : largest(batches, target));
  }

  private static int largest(List<Batch> batches, float targetMillis) {
    return batches.stream()
        .filter(batch -> batch.p99Millis() <= targetMillis)
        .mapToInt(Batch::rows)
        .max()
        .orElse(0);
  }

  boolean keepsLatencyTarget() {
    return largestBatchInTarget == null || largestBatchInTarget > 0;
  }

  /** For people. */
  String words() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s keeps its contract on %s: %d golden samples give their answers"
            .formatted(model, version, provider, goldenSamples));
    lines.add("batch   median ms      p99 ms   us per record");
    for (Batch batch : batches) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%5d%12.3f%12.3f%16.1f",
              batch.rows(),
              batch.medianMillis(),
              batch.p99Millis(),
              batch.microsPerRecord()));
    }
    if (largestBatchInTarget != null) {
      lines.add(
          largestBatchInTarget == 0
              ? "The latency target of " + latencyTargetMillis + " ms is missed by a single record"
              : "Batches of up to %d keep the latency target of %s ms"
                  .formatted(largestBatchInTarget, latencyTargetMillis));
    }
    return String.join(System.lineSeparator(), lines);
  }
}
