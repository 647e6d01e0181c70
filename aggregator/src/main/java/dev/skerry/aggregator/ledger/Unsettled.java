package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The windows that are not complete now, and the metrics of them. Thread-safe. */
final class Unsettled {

  private static final List<CompletenessVerdict> VERDICTS =
      List.of(
          CompletenessVerdict.PENDING,
          CompletenessVerdict.MISSING,
          CompletenessVerdict.DOUBLED,
          CompletenessVerdict.DIFFERS);

  private final Map<PageKey, Window> windows = new ConcurrentHashMap<>();

  /**
   * One of them.
   *
   * @param sinceMillis since when it is known, in this process
   */
  record Window(Completeness judged, long sinceMillis) {}

  Unsettled(MeterRegistry metrics, Clock clock) {
    for (CompletenessVerdict verdict : VERDICTS) {
      Gauge.builder("skerry.ledger.windows", windows, all -> count(all, verdict))
          .description("Windows of mirrored topics that are not complete now, by verdict")
          .tag("verdict", verdict.name())
          .register(metrics);
    }
    Gauge.builder("skerry.ledger.oldest.pending.seconds", windows, all -> oldest(all, clock))
        .description("For how long the oldest window that is pending has been known")
        .register(metrics);
    Gauge.builder(
            "skerry.ledger.missing.records",
            windows,
            all -> records(all, CompletenessVerdict.MISSING))
        .description("Records that sites wrote and the cloud does not have")
        .register(metrics);
    Gauge.builder(
            "skerry.ledger.doubled.records",
            windows,
            all -> records(all, CompletenessVerdict.DOUBLED))
        .description("Records that the cloud has more often than sites wrote them")
        .register(metrics);
  }

  void put(PageKey page, Completeness judged, long nowMillis) {
    if (judged.getVerdict() == CompletenessVerdict.COMPLETE) {
      windows.remove(page);
    } else {
      windows.merge(
          page,
          new Window(judged, nowMillis),
          (known, latest) -> new Window(judged, known.sinceMillis()));
    }
  }

  void remove(PageKey page) {
    windows.remove(page);
  }

  /** A copy of those that may yet be judged otherwise without anything new. */
  Map<PageKey, Window> pending() {
    Map<PageKey, Window> pending = new HashMap<>(windows);
    pending.values().removeIf(w -> w.judged().getVerdict() != CompletenessVerdict.PENDING);
    return pending;
  }

  private static double count(Map<PageKey, Window> windows, CompletenessVerdict verdict) {
    return (double) windows.values().stream().filter(w -> is(w, verdict)).count();
  }

  private static double oldest(Map<PageKey, Window> windows, Clock clock) {
    long nowMillis = clock.millis();
    long sinceMillis =
        windows.values().stream()
            .filter(w -> is(w, CompletenessVerdict.PENDING))
            .mapToLong(Window::sinceMillis)
            .min()
            .orElse(nowMillis);
    return Math.max(0, nowMillis - sinceMillis) / 1000.0;
  }

  private static double records(Map<PageKey, Window> windows, CompletenessVerdict verdict) {
    return (double)
        windows.values().stream()
            .filter(w -> is(w, verdict))
            .mapToLong(w -> w.judged().getDifference())
            .sum();
  }

  private static boolean is(Window window, CompletenessVerdict verdict) {
    return window.judged().getVerdict() == verdict;
  }
}
