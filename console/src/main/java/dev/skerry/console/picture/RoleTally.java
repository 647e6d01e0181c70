package dev.skerry.console.picture;

import dev.skerry.schemas.Detection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one version of a model has answered in one role. Not thread-safe. */
final class RoleTally {

  private static final int MOST_LABELS = 50;

  private final SortedMap<String, Long> labels = new TreeMap<>();
  private long count;
  private long low;
  private double confidence;
  private double latencyMillis;
  private final Rate rate = new Rate();
  private final Rate waited = new Rate();

  /**
   * The same for the page.
   *
   * @param count detections since the console started
   * @param perSecond detections each second, of the last ten
   * @param lowShare the share of them with low confidence, 0 to 1
   * @param confidence mean
   * @param latency mean of the last ten seconds, or of all where none came in these, in
   *     milliseconds
   * @param labels detections by label
   */
  record Figures(
      String stream,
      String model,
      String version,
      String role,
      long count,
      double perSecond,
      double lowShare,
      double confidence,
      double latency,
      SortedMap<String, Long> labels) {}

  void add(Detection detection, long latency) {
    count++;
    low += detection.getLowConfidence() ? 1 : 0;
    confidence += detection.getConfidence();
    latencyMillis += latency;
    if (labels.size() < MOST_LABELS || labels.containsKey(detection.getLabel())) {
      labels.merge(detection.getLabel(), 1L, Long::sum);
    }
  }

  Figures figures(long nowMillis, String stream, String model, String version, String role) {
    rate.observe(nowMillis, (double) count);
    waited.observe(nowMillis, latencyMillis);
    return new Figures(
        stream,
        model,
        version,
        role,
        count,
        rate.perSecond(),
        (double) low / Math.max(1, count),
        confidence / Math.max(1, count),
        rate.perSecond() > 0
            ? waited.perSecond() / rate.perSecond()
            : latencyMillis / Math.max(1, count),
        new TreeMap<>(labels));
  }
}
