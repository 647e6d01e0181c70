package dev.skerry.aggregator.drift;

import dev.skerry.schemas.model.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far from a reference chance alone brings a healthy fleet: what its devices say is alike from
 * record to record, so it is the number of devices that counts, and a fleet of ten is never like
 * the population. The answer is the 99.9th percentile of the {@link StabilityIndex} of so many
 * independent draws from the reference, as if each device always said the same.
 *
 * <p>Drawn with a fixed seed, so it is the same everywhere. For many devices the index times their
 * number is distributed as chi-squared with one degree of freedom less than there are bins; so
 * beyond {@link #DRAWN_UP_TO} it falls in proportion. Thread-safe.
 */
final class SamplingNoise {

  static final int DRAWN_UP_TO = 200;

  private static final double PERCENTILE = 0.999;
  private static final int FLEETS = 10_000;
  private static final long SEED = 20251122;

  private final Map<Sample, Double> known = new ConcurrentHashMap<>();

  private record Sample(Distribution reference, int devices) {}

  /**
   * The index that one healthy fleet in a thousand exceeds.
   *
   * @param devices in the window; without any, nothing can be said
   */
  double of(Distribution reference, long devices) {
    if (devices < 1) {
      return Double.POSITIVE_INFINITY;
    }
    int drawn = (int) Math.min(devices, DRAWN_UP_TO);
    double index = known.computeIfAbsent(new Sample(reference, drawn), SamplingNoise::percentile);
    return index * drawn / devices;
  }

  private static double percentile(Sample sample) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] indices = new double[FLEETS];
    for (int fleet = 0; fleet < FLEETS; fleet++) {
      indices[fleet] = StabilityIndex.of(sample.reference, draw(sample, random));
    }
    Arrays.sort(indices);
    return indices[(int) (FLEETS * PERCENTILE)];
  }

  private static List<Double> draw(Sample sample, SplittableRandom random) {
    List<Double> shares = sample.reference.shares();
    int[] counts = new int[shares.size()];
    for (int device = 0; device < sample.devices; device++) {
      counts[bin(shares, random.nextDouble())]++;
    }
    List<Double> drawn = new ArrayList<>(counts.length);
    for (int count : counts) {
      drawn.add((double) count / sample.devices);
    }
    return drawn;
  }

  private static int bin(List<Double> shares, double number) {
    int bin = 0;
    double upTo = shares.get(0);
    while (number >= upTo && bin < shares.size() - 1) {
      bin++;
      upTo += shares.get(bin);
    }
    return bin;
  }
}
