package dev.skerry.ingest.intake;

import java.time.InstantSource;
import java.util.stream.Stream;

/**
 * What is remembered of devices, split by device so that threads seldom meet. Whoever uses a shard
 * holds its lock, in which the writes of one device keep their order.
 */
final class Shards {

  private static final int COUNT = 64;

  private final Shard[] shards;

  /** One part. Not thread-safe: its object is its lock. */
  static final class Shard {
    final Window window;
    final Lanes lanes;

    Shard(int maxEntries, int maxLanes, InstantSource clock) {
      this.window = new Window(maxEntries);
      this.lanes = new Lanes(maxLanes, clock);
    }
  }

  Shards(int maxIdentities, int maxLanes, InstantSource clock) {
    int entries = Math.max(1, maxIdentities / COUNT);
    int lanes = Math.max(1, maxLanes / COUNT);
    this.shards =
        Stream.generate(() -> new Shard(entries, lanes, clock)).limit(COUNT).toArray(Shard[]::new);
  }

  /** The part that has this device. */
  Shard of(String deviceId) {
    int hash = deviceId.hashCode() * 0x9E3779B9;
    return shards[hash >>> 26];
  }

  /** How many identities are remembered. */
  long size() {
    return sum(shard -> shard.window.size());
  }

  /** How many identities went for want of space. */
  long evicted() {
    return sum(shard -> shard.window.evicted());
  }

  private long sum(java.util.function.ToLongFunction<Shard> figure) {
    long sum = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        sum += figure.applyAsLong(shard);
      }
    }
    return sum;
  }
}
