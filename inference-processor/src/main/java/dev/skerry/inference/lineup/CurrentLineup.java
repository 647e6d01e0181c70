package dev.skerry.inference.lineup;

import dev.skerry.inference.model.ServedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The lineup of a process, which changes while workers work. A model that is left out is closed
 * when no worker can be running it any more: each says by its {@link Seat} which lineup it works
 * with. Thread-safe.
 */
public final class CurrentLineup implements AutoCloseable {

  private final List<Seat> seats = new ArrayList<>();
  private final List<ServedModel> leaving = new ArrayList<>();
  private final Map<ServedModel, String> broken = new HashMap<>();
  private final Consumer<ServedModel> beforeClose;
  private volatile Predicate<ServedModel> replaceable = model -> false;
  private volatile Lineup current;

  /**
   * Begins with a lineup, and takes over its models.
   *
   * @param beforeClose hears of each model that left and is about to be closed
   */
  public CurrentLineup(Lineup first, Consumer<ServedModel> beforeClose) {
    this.current = first;
    this.beforeClose = beforeClose;
  }

  /** The lineup that workers take next. */
  public Lineup get() {
    return current;
  }

  /** A worker's place; before it works. */
  public synchronized Seat newSeat() {
    Seat seat = new Seat();
    seats.add(seat);
    return seat;
  }

  /** Changes the lineup. What is not in the new one leaves, and is closed by and by. */
  public synchronized void change(Lineup next) {
    for (ServedModel model : current.models()) {
      if (!next.has(model)) {
        leaving.add(model);
      }
    }
    leaving.removeIf(next::has);
    broken.keySet().removeIf(model -> !next.has(model));
    current = next;
    notifyAll();
  }

  /** Says which models are replaced when they break while they serve; none before this is said. */
  public void replacesIfBroken(Predicate<ServedModel> which) {
    replaceable = which;
  }

  /** The models that broke and still serve, each with the reason. */
  public synchronized Map<ServedModel, String> broken() {
    return Map.copyOf(broken);
  }

  /** Closes models that left and that no worker works with; returns how many are still awaited. */
  public int closeLeft() {
    List<ServedModel> left = new ArrayList<>();
    int awaited;
    synchronized (this) {
      leaving.removeIf(model -> isUnused(model) && left.add(model));
      awaited = leaving.size();
    }
    for (ServedModel model : left) {
      beforeClose.accept(model);
      model.close();
    }
    return awaited;
  }

  private boolean isUnused(ServedModel model) {
    return seats.stream().noneMatch(seat -> seat.taken.has(model)) && !current.has(model);
  }

  /** Closes all models; after the last worker has ended. */
  @Override
  public synchronized void close() {
    leaving.forEach(ServedModel::close);
    leaving.clear();
    current.models().forEach(ServedModel::close);
  }

  /** The lineup that one worker works with. Used by that worker's thread. */
  public final class Seat {

    private volatile Lineup taken = current;

    private Seat() {}

    /** Whether there is a newer one than the one that was taken. */
    @SuppressWarnings("ReferenceEquality") // Asked in each round, and what is equal is the same.
    public boolean isOutdated() {
      return taken != current;
    }

    /**
     * Takes the current lineup. What was taken before must not be run any more: it may be closed
     * from now on.
     */
    public Lineup take() {
      synchronized (CurrentLineup.this) {
        taken = current;
        return taken;
      }
    }

    /**
     * Says that a model of the lineup that was taken is broken.
     *
     * @return whether another lineup is to come without it, or has come already
     */
    public boolean hasBroken(ServedModel model, String reason) {
      synchronized (CurrentLineup.this) {
        if (!current.has(model)) {
          return true;
        }
        if (replaceable.test(model)) {
          broken.put(model, reason);
          return true;
        }
        return false;
      }
    }

    /** Waits for a lineup that is newer than the one that was taken; returns whether there is. */
    public boolean awaitNewer(Duration most) throws InterruptedException {
      long deadlineNanos = System.nanoTime() + most.toNanos();
      synchronized (CurrentLineup.this) {
        long leftMillis = most.toMillis();
        while (!isOutdated() && leftMillis > 0) {
          CurrentLineup.this.wait(leftMillis);
          leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        }
        return isOutdated();
      }
    }
  }
}
