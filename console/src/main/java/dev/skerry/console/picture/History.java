package dev.skerry.console.picture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last ten minutes, second by second. Thread-safe. */
public final class History {

  private static final int MOST = 600;

  private final Deque<Moment> moments = new ArrayDeque<>();

  synchronized void add(Moment moment) {
    moments.addLast(moment);
    if (moments.size() > MOST) {
      moments.removeFirst();
    }
  }

  /** The oldest first. */
  public synchronized List<Moment> moments() {
    return List.copyOf(moments);
  }
}
