package dev.skerry.local.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares one partition's records at the edge with its copy in the cloud. */
final class MirrorComparison {

  private MirrorComparison() {}

  /** What differs between two partitions. */
  record Difference(long edge, long cloud, long missing, long doubled, boolean reordered) {}

  static <T> Difference compare(List<T> edge, List<T> cloud) {
    // Retention cuts each side where it likes: compare from where both still have records.
    List<T> left = cloud.isEmpty() ? edge : from(cloud.get(0), edge);
    List<T> right = edge.isEmpty() ? cloud : from(edge.get(0), cloud);
    Map<T, Integer> surplus = new HashMap<>();
    right.forEach(record -> surplus.merge(record, 1, Integer::sum));
    left.forEach(record -> surplus.merge(record, -1, Integer::sum));
    long missing = surplus.values().stream().filter(n -> n < 0).mapToLong(n -> -n).sum();
    long doubled = surplus.values().stream().filter(n -> n > 0).mapToLong(n -> n).sum();
    boolean reordered = missing == 0 && doubled == 0 && !left.equals(right);
    return new Difference(left.size(), right.size(), missing, doubled, reordered);
  }

  /** The part of a list that begins with a record; the whole list where it does not occur. */
  private static <T> List<T> from(T first, List<T> records) {
    int index = records.indexOf(first);
    return index < 0 ? records : records.subList(index, records.size());
  }
}
