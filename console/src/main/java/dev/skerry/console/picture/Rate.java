package dev.skerry.console.picture;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How quickly a counter has risen over the last ten seconds. A counter that falls has begun anew.
 * Not thread-safe.
 */
final class Rate {

  private static final long WINDOW_MILLIS = 10_000;

  private record Point(long atMillis, double value) {}

  private final Deque<Point> points = new ArrayDeque<>();

  /** Takes the counter's value; times must not fall. */
  void observe(long atMillis, double value) {
    if (!points.isEmpty() && value < points.getLast().value()) {
      points.clear();
    }
    points.addLast(new Point(atMillis, value));
    while (points.size() > 2 && atMillis - points.getFirst().atMillis() > WINDOW_MILLIS) {
      points.removeFirst();
    }
  }

  /** 0 before there are two values. */
  double perSecond() {
    if (points.size() < 2) {
      return 0;
    }
    long elapsedMillis = points.getLast().atMillis() - points.getFirst().atMillis();
    return elapsedMillis <= 0
        ? 0
        : (points.getLast().value() - points.getFirst().value()) * 1_000 / elapsedMillis;
  }
}
