package dev.skerry.aggregator.ledger;

import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * One 64-bit hash of a record's key and value: {@code XXH64(value, seed = XXH64(key, seed = 0))}.
 * The key's hash as the seed tells where the key ends and the value begins. An absent key counts as
 * an empty one with the seed 1, an absent value as an empty one with the seed increased by 1.
 * Stateless.
 *
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">XXH64</a>
 */
final class RecordHash {

  /** Names the hash and the bytes that it covers; only sums of the same one can be compared. */
  static final String NAME = "xxh64/1";

  private static final XXHash64 XXH64 = XXHashFactory.safeInstance().hash64();
  private static final byte[] EMPTY = {};

  private RecordHash() {}

  static long of(byte @Nullable [] key, byte @Nullable [] value) {
    long seed = key == null ? hash(EMPTY, 1) : hash(key, 0);
    return value == null ? hash(EMPTY, seed + 1) : hash(value, seed);
  }

  private static long hash(byte[] bytes, long seed) {
    return XXH64.hash(bytes, 0, bytes.length, seed);
  }
}
