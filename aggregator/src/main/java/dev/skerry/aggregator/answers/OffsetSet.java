package dev.skerry.aggregator.answers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of offsets, kept as ranges: as large as it has gaps, however many offsets there are. Not
 * thread-safe.
 */
final class OffsetSet {

  private final TreeMap<Long, Long> endByFirst = new TreeMap<>();

  /**
   * Offsets that follow each other.
   *
   * @param first the first, 0 and up
   * @param end the one after the last
   */
  record Range(long first, long end) {
    long size() {
      return end - first;
    }
  }

  /** A set of these ranges. */
  static OffsetSet of(List<Range> ranges) {
    OffsetSet set = new OffsetSet();
    ranges.forEach(range -> set.addAll(range.first(), range.end()));
    return set;
  }

  /** Adds one; false where it was there. */
  boolean add(long offset) {
    if (contains(offset)) {
      return false;
    }
    addAll(offset, offset + 1);
    return true;
  }

  /** Adds a range, of which some may be there. */
  void addAll(long first, long end) {
    if (first >= end) {
      return;
    }
    long from = first;
    long to = end;
    Map.Entry<Long, Long> touching = endByFirst.floorEntry(end);
    while (touching != null && touching.getValue() >= first) {
      from = Math.min(from, touching.getKey());
      to = Math.max(to, touching.getValue());
      endByFirst.remove(touching.getKey());
      touching = endByFirst.floorEntry(end);
    }
    endByFirst.put(from, to);
  }

  /** Takes one away; false where it was not there. */
  boolean remove(long offset) {
    Map.Entry<Long, Long> around = endByFirst.floorEntry(offset);
    if (around == null || around.getValue() <= offset) {
      return false;
    }
    endByFirst.remove(around.getKey());
    addAll(around.getKey(), offset);
    addAll(offset + 1, around.getValue());
    return true;
  }

  /** Takes all away that lie before an offset; returns how many. */
  long removeBefore(long offset) {
    long removed = 0;
    Map.Entry<Long, Long> lowest = endByFirst.firstEntry();
    while (lowest != null && lowest.getKey() < offset) {
      endByFirst.remove(lowest.getKey());
      removed += Math.min(lowest.getValue(), offset) - lowest.getKey();
      addAll(offset, lowest.getValue());
      lowest = endByFirst.higherEntry(lowest.getKey());
    }
    return removed;
  }

  boolean contains(long offset) {
    Map.Entry<Long, Long> around = endByFirst.floorEntry(offset);
    return around != null && around.getValue() > offset;
  }

  /** What lies between two offsets and is not in the set, in order. */
  List<Range> gaps(long first, long end) {
    List<Range> gaps = new ArrayList<>();
    long at = first;
    for (Range range : ranges()) {
      if (range.end() > at && range.first() < end) {
        if (range.first() > at) {
          gaps.add(new Range(at, range.first()));
        }
        at = range.end();
      }
    }
    if (at < end) {
      gaps.add(new Range(at, end));
    }
    return gaps;
  }

  /** In order; no two touch. */
  List<Range> ranges() {
    return endByFirst.entrySet().stream()
        .map(entry -> new Range(entry.getKey(), entry.getValue()))
        .toList();
  }

  long size() {
    return ranges().stream().mapToLong(Range::size).sum();
  }

  boolean isEmpty() {
    return endByFirst.isEmpty();
  }
}
