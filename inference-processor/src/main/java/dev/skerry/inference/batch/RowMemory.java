package dev.skerry.inference.batch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers that go from a batch that is given up to the one that takes its place: otherwise
 * each model that comes would hold native memory until the garbage collector finds the buffers of
 * the one that left. Not thread-safe: one per worker.
 */
final class RowMemory {

  private static final int MOST_KEPT = 8;

  private final List<ByteBuffer> free = new ArrayList<>();

  /** A buffer of exactly so many bytes, in native order, with any content. */
  ByteBuffer take(int bytes) {
    for (int i = free.size() - 1; i >= 0; i--) {
      if (free.get(i).capacity() == bytes) {
        return free.remove(i).clear();
      }
    }
    return direct(bytes);
  }

  /** Takes a buffer back, which nobody else uses any more. */
  void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() > 0) {
      free.add(buffer);
      if (free.size() > MOST_KEPT) {
        free.remove(0);
      }
    }
  }

  static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
