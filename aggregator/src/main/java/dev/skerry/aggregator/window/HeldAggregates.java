package dev.skerry.aggregator.window;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Aggregates that still grow, in memory, each change written through to a logged store so that a
 * restart finds them. Belongs to one stream task.
 */
final class HeldAggregates {

  private final KeyValueStore<Bytes, byte[]> store;
  private final AvroEncoder<AggregateKey> keys = new AvroEncoder<>(AggregateKey.class);
  private final AvroEncoder<Aggregate> values = new AvroEncoder<>(Aggregate.class);
  private final Map<WindowKey, Held> heldByKey = new HashMap<>();

  /** One aggregate and what is known of it without being stored. */
  private static final class Held {
    private final Bytes storeKey;
    private final Aggregate sum;
    private long touchedAtMillis;
    private long reachedMillis;

    Held(Bytes storeKey, Aggregate sum, long touchedAtMillis, long reachedMillis) {
      this.storeKey = storeKey;
      this.sum = sum;
      this.touchedAtMillis = touchedAtMillis;
      this.reachedMillis = reachedMillis;
    }
  }

  /**
   * What was held and is now let go.
   *
   * @param reachedMillis the latest bounded event time that went into it
   */
  record Released(WindowKey key, Aggregate sum, long reachedMillis) {}

  /** Loads what the store holds. */
  HeldAggregates(KeyValueStore<Bytes, byte[]> store, long nowMillis) {
    this.store = store;
    SkerryAvroDeserializer<AggregateKey> key = new SkerryAvroDeserializer<>(AggregateKey.class);
    SkerryAvroDeserializer<Aggregate> value = new SkerryAvroDeserializer<>(Aggregate.class);
    try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        WindowKey windowKey = WindowKey.of(key.deserialize(store.name(), next.key.get()));
        Aggregate sum = value.deserialize(store.name(), next.value);
        long reachedMillis = Math.min(windowKey.startMillis(), nowMillis);
        heldByKey.put(windowKey, new Held(next.key, sum, nowMillis, reachedMillis));
      }
    }
  }

  void add(WindowKey key, Detection detection, long reachedMillis, long nowMillis) {
    Held held = heldByKey.get(key);
    if (held == null) {
      hold(key, Sums.of(key, detection), reachedMillis, nowMillis);
    } else {
      Sums.add(held.sum, detection);
      touch(held, reachedMillis, nowMillis);
    }
  }

  void add(WindowKey key, Aggregate delta, long reachedMillis, long nowMillis) {
    Held held = heldByKey.get(key);
    if (held == null) {
      hold(key, delta, reachedMillis, nowMillis);
    } else {
      Sums.add(held.sum, delta);
      touch(held, reachedMillis, nowMillis);
    }
  }

  private void hold(WindowKey key, Aggregate sum, long reachedMillis, long nowMillis) {
    Bytes storeKey = Bytes.wrap(keys.encode(key.toAvro()));
    heldByKey.put(key, new Held(storeKey, sum, nowMillis, reachedMillis));
    store.put(storeKey, values.encode(sum));
  }

  private void touch(Held held, long reachedMillis, long nowMillis) {
    held.touchedAtMillis = nowMillis;
    held.reachedMillis = Math.max(held.reachedMillis, reachedMillis);
    store.put(held.storeKey, values.encode(held.sum));
  }

  /** Lets one of {@link #keys} go. */
  Released release(WindowKey key) {
    Held held = heldByKey.remove(key);
    if (held == null) {
      throw new IllegalArgumentException("nothing is held for " + key);
    }
    store.delete(held.storeKey);
    return new Released(key, held.sum, held.reachedMillis);
  }

  /** A copy of the keys, the earliest window first. */
  List<WindowKey> keys() {
    List<WindowKey> sorted = new ArrayList<>(heldByKey.keySet());
    sorted.sort(Comparator.comparingLong(WindowKey::startMillis));
    return sorted;
  }

  /** For how long nothing was added to one of {@link #keys}, by wall clock, since the start. */
  long untouchedMillis(WindowKey key, long nowMillis) {
    Held held = heldByKey.get(key);
    return held == null ? 0 : nowMillis - held.touchedAtMillis;
  }
}
