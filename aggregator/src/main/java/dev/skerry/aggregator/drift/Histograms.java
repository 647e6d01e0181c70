package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.sum.DistinctCount;
import dev.skerry.schemas.model.Distribution;
import java.util.Map;
import java.util.TreeMap;

/** Numbers counted in the bins of references, by name. Belongs to one thread. */
final class Histograms {

  long records;
  final DistinctCount devices = new DistinctCount();
  final Map<String, long[]> countsByName = new TreeMap<>();

  /** Takes note of a record, before its numbers. */
  void addRecord(String deviceId) {
    records++;
    devices.add(deviceId);
  }

  /** Counts a number in its bin. */
  void add(Distribution reference, double number) {
    countsByName
        .computeIfAbsent(reference.name(), absent -> new long[reference.bins()])[
        reference.bin(number)]++;
  }

  /** Adds what others have counted. */
  void add(Histograms other) {
    records += other.records;
    devices.add(other.devices);
    other.countsByName.forEach(
        (name, counts) -> countsByName.merge(name, counts.clone(), Histograms::sum));
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.length >= other.length ? one.clone() : other.clone();
    long[] shorter = one.length >= other.length ? other : one;
    for (int bin = 0; bin < shorter.length; bin++) {
      sum[bin] += shorter[bin];
    }
    return sum;
  }
}
