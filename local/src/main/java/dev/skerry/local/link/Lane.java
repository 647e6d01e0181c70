package dev.skerry.local.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of one connection: what was read and has not arrived yet. Not thread-safe.
 *
 * <p>What is on its way is bounded; a lane that is full is not read, so that a sender feels a thin
 * link as it would feel a real one.
 */
final class Lane {

  private static final int CHUNK_BYTES = 16 << 10;
  private static final int MAX_ON_THE_WAY_BYTES = 1 << 20;

  private final SocketChannel from;
  private final SocketChannel to;
  private final Deque<Chunk> onTheWay = new ArrayDeque<>();
  private int onTheWayBytes;
  private boolean fromEnded;
  private boolean toEnded;
  private boolean blocked;

  /** What was read at once, and when it may arrive. */
  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  Lane(SocketChannel from, SocketChannel to) {
    this.from = from;
    this.to = to;
  }

  SocketChannel from() {
    return from;
  }

  SocketChannel to() {
    return to;
  }

  boolean wantsToRead() {
    return !fromEnded && onTheWayBytes < MAX_ON_THE_WAY_BYTES;
  }

  /** Whether something that is due waits for room in the receiver's socket. */
  boolean isBlocked() {
    return blocked;
  }

  boolean isOver() {
    return toEnded;
  }

  /** Takes what the sender has, up to the lane's bound. */
  void read(long dueNanos) throws IOException {
    while (wantsToRead()) {
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
      int count = from.read(bytes);
      if (count < 0) {
        fromEnded = true;
      }
      if (count <= 0) {
        return;
      }
      onTheWay.add(new Chunk(bytes.flip(), dueNanos));
      onTheWayBytes += count;
    }
  }

  /** Hands over what is due and allowed, and returns how many bytes that were. */
  int write(long nowNanos, int allowedBytes) throws IOException {
    int left = allowedBytes;
    blocked = false;
    while (!onTheWay.isEmpty() && left > 0 && onTheWay.peek().dueNanos() - nowNanos <= 0) {
      ByteBuffer bytes = onTheWay.peek().bytes();
      int wanted = Math.min(left, bytes.remaining());
      int count = to.write(bytes.slice(bytes.position(), wanted));
      bytes.position(bytes.position() + count);
      left -= count;
      onTheWayBytes -= count;
      if (!bytes.hasRemaining()) {
        onTheWay.remove();
      }
      if (count < wanted) {
        blocked = true;
        break;
      }
    }
    if (fromEnded && onTheWay.isEmpty() && !toEnded) {
      toEnded = true;
      to.shutdownOutput();
    }
    return allowedBytes - left;
  }

  boolean hasSomethingDue(long nowNanos) {
    return !onTheWay.isEmpty() && onTheWay.peek().dueNanos() - nowNanos <= 0;
  }

  /** How long until the next chunk is due; the longest time where nothing is on its way. */
  long nanosUntilDue(long nowNanos) {
    return onTheWay.isEmpty() ? Long.MAX_VALUE : Math.max(0, onTheWay.peek().dueNanos() - nowNanos);
  }
}
