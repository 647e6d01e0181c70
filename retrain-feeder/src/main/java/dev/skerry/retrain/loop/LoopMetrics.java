package dev.skerry.retrain.loop;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What the circle shows of itself. Thread-safe. */
final class LoopMetrics {

  private final MeterRegistry metrics;
  private final AtomicLong labelled = new AtomicLong();
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong isTraining = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();

  LoopMetrics(MeterRegistry metrics, String stream) {
    this.metrics = metrics;
    gauge("skerry.dataset.labelled", "Samples with a label", labelled, stream);
    gauge("skerry.dataset.version", "The latest version of the dataset", version, stream);
    gauge("skerry.train.running", "1 while a model is trained or judged", isTraining, stream);
    gauge(
        "skerry.train.unknown.classes",
        "Classes of the dataset that the champion does not know",
        unknown,
        stream);
    for (Outcome.Result result : Outcome.Result.values()) {
      trainings(result).increment(0);
    }
  }

  void labelled(long samples) {
    labelled.set(samples);
  }

  void version(int latest) {
    version.set(latest);
  }

  void unknown(long classes) {
    unknown.set(classes);
  }

  void training(boolean runs) {
    isTraining.set(runs ? 1 : 0);
  }

  void count(Outcome outcome) {
    trainings(outcome.result()).increment();
  }

  private Counter trainings(Outcome.Result result) {
    return Counter.builder("skerry.train.candidates")
        .description("Trainings by what came of them")
        .tag("result", result.name().toLowerCase(Locale.ROOT))
        .register(metrics);
  }

  private void gauge(String name, String what, AtomicLong value, String stream) {
    Gauge.builder(name, value, AtomicLong::get)
        .description(what)
        .tag("stream", stream)
        .register(metrics);
  }
}
