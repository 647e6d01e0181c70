package dev.skerry.bench.prove;

import java.util.List;

/**
 * Whether memory grows. The first fifth of the records is left out: in it the compiler works and
 * buffers take their size.
 *
 * @param growthMebibytes from the mean of the second fifth to the mean of the last
 * @param mebibytesPerMillionRecords the slope of a least-squares line
 */
record MemoryTrend(double growthMebibytes, double mebibytesPerMillionRecords) {

  private static final int PARTS = 5;
  private static final double MILLION = 1e6;

  /** The trend of samples in the order of their records, at least one. */
  static MemoryTrend of(List<MemorySample> samples) {
    int part = Math.max(1, samples.size() / PARTS);
    int from = samples.size() > part ? part : 0;
    List<MemorySample> settled = samples.subList(from, samples.size());
    double early = mean(settled.subList(0, Math.min(part, settled.size())));
    double late = mean(samples.subList(samples.size() - part, samples.size()));
    return new MemoryTrend(late - early, slope(settled));
  }

  private static double mean(List<MemorySample> samples) {
    return samples.stream().mapToDouble(MemorySample::mebibytes).average().orElseThrow();
  }

  private static double slope(List<MemorySample> samples) {
    double meanAt = samples.stream().mapToDouble(MemorySample::at).average().orElseThrow();
    double meanMebibytes = mean(samples);
    double covariance = 0;
    double variance = 0;
    for (MemorySample sample : samples) {
      double distance = sample.at() - meanAt;
      covariance += distance * (sample.mebibytes() - meanMebibytes);
      variance += distance * distance;
    }
    return variance == 0 ? 0 : covariance / variance * MILLION;
  }
}
