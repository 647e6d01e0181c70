package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LedgerEntry;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What records add up to. Adding is associative and commutative, so that neither the order of the
 * records nor how they were split among partitions matters. Immutable.
 *
 * @param count how many, 0 and up
 * @param bytes bytes of their keys and values, 0 and up
 * @param hashSum sum modulo 2^64 of {@link RecordHash}
 */
record Sum(long count, long bytes, long hashSum) {

  static final Sum ZERO = new Sum(0, 0, 0);

  /** The sum of one record. */
  static Sum of(byte @Nullable [] key, byte @Nullable [] value) {
    long bytes = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
    return new Sum(1, bytes, RecordHash.of(key, value));
  }

  Sum plus(Sum other) {
    return new Sum(count + other.count, bytes + other.bytes, hashSum + other.hashSum);
  }

  /** Adds this to what a page says. */
  void addTo(LedgerEntry page) {
    page.setCount(page.getCount() + count);
    page.setBytes(page.getBytes() + bytes);
    page.setHashSum(page.getHashSum() + hashSum);
  }

  static Sum of(LedgerEntry page) {
    return new Sum(page.getCount(), page.getBytes(), page.getHashSum());
  }

  /** 24 bytes, as a store keeps them. */
  byte[] toBytes() {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(count)
        .putLong(bytes)
        .putLong(hashSum)
        .array();
  }

  static Sum ofBytes(byte[] stored) {
    ByteBuffer buffer = ByteBuffer.wrap(stored);
    return new Sum(buffer.getLong(), buffer.getLong(), buffer.getLong());
  }
}
