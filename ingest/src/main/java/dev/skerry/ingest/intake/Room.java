package dev.skerry.ingest.intake;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that may be held at a time, in bytes. Thread-safe; never blocks. */
public final class Room {

  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  public Room(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes so much, or nothing and returns false. What exceeds all the room never fits. */
  public boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** How much is taken now. */
  public long taken() {
    return taken.get();
  }
}
