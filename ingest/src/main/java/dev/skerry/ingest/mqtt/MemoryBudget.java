package dev.skerry.ingest.mqtt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The bytes that all connections together may hold of messages that have come in and are not
 * answered. Room is given in the order in which it was asked for. Thread-safe.
 */
final class MemoryBudget {

  private final long maxBytes;
  private final Deque<Request> waiting = new ArrayDeque<>();
  private long usedBytes;

  /** Someone who waits for room. */
  final class Request {
    private final int bytes;
    private final Runnable granted;
    private boolean isGranted;

    private Request(int bytes, Runnable granted) {
      this.bytes = bytes;
      this.granted = granted;
    }

    /** Waits no longer; what was granted meanwhile is given back. */
    void cancel() {
      boolean giveBack;
      synchronized (MemoryBudget.this) {
        giveBack = isGranted;
        waiting.remove(this);
      }
      if (giveBack) {
        release(bytes);
      }
    }
  }

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the bytes if there is room and nobody waits for it. */
  synchronized boolean tryReserve(int bytes) {
    if (!waiting.isEmpty() || usedBytes + bytes > maxBytes) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /**
   * Takes the bytes as soon as there is room.
   *
   * @param granted called once, by any thread, when the bytes are taken; does not block
   */
  Request reserveLater(int bytes, Runnable granted) {
    Request request = new Request(bytes, granted);
    synchronized (this) {
      waiting.add(request);
    }
    release(0);
    return request;
  }

  /** Gives bytes back. */
  void release(int bytes) {
    List<Request> served = new ArrayList<>();
    synchronized (this) {
      usedBytes -= bytes;
      while (!waiting.isEmpty() && usedBytes + waiting.peek().bytes <= maxBytes) {
        Request next = waiting.remove();
        next.isGranted = true;
        usedBytes += next.bytes;
        served.add(next);
      }
    }
    served.forEach(request -> request.granted.run());
  }

  /** The bytes that are taken. */
  synchronized long usedBytes() {
    return usedBytes;
  }
}
