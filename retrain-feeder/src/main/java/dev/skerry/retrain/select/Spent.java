package dev.skerry.retrain.select;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What was spent of a budget: samples and bytes. */
record Spent(long records, long bytes) {

  private static final int ENCODED_BYTES = 2 * Long.BYTES;

  static Spent decode(byte @Nullable [] stored) {
    if (stored == null) {
      return new Spent(0, 0);
    }
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    return new Spent(buffer.getLong(), buffer.getLong());
  }

  byte[] encode() {
    return ByteBuffer.allocate(ENCODED_BYTES).putLong(records).putLong(bytes).array();
  }

  Spent plus(long moreBytes) {
    return new Spent(records + 1, bytes + moreBytes);
  }
}
