package dev.skerry.aggregator.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Sums that still grow: a store that keeps them as objects and turns those that have changed into
 * bytes once a commit, before Streams commits the records that they are made of. So a restart finds
 * them, and a record costs an addition and no encoding. Belongs to one stream task.
 *
 * <p>Streams offers no public way to be asked before a commit; its own caches are asked by {@link
 * #flushCache}, and so is this one.
 */
final class HeldSums<S> extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]> {

  private final Addition<S> addition;
  private final WindowKeySerde keys = new WindowKeySerde();
  private final Map<WindowKey, Held<S>> heldByKey = new HashMap<>();

  /** One sum and what is known of it. */
  private static final class Held<S> {
    private final S sum;
    private boolean stored;
    private boolean changed;
    private long touchedAtMillis;
    private long reachedMillis;

    Held(S sum, long reachedMillis) {
      this.sum = sum;
      this.reachedMillis = reachedMillis;
    }
  }

  /**
   * What was held and is now let go.
   *
   * @param reachedMillis the latest bounded event time that went into it
   */
  record Released<S>(WindowKey key, S sum, long reachedMillis) {}

  /** Over a store that holds the bytes. */
  HeldSums(KeyValueStore<Bytes, byte[]> bytes, Addition<S> addition) {
    super(bytes);
    this.addition = addition;
  }

  /** Takes up what the restored bytes say; to be called before anything else. */
  void load(long nowMillis) {
    heldByKey.clear();
    try (KeyValueIterator<Bytes, byte[]> stored = wrapped().all()) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        WindowKey key = keys.deserializer().deserialize(name(), next.key.get());
        long reachedMillis = Math.min(key.startMillis(), nowMillis);
        Held<S> held = new Held<>(addition.decode(next.value), reachedMillis);
        held.stored = true;
        held.touchedAtMillis = nowMillis;
        heldByKey.put(key, held);
      }
    }
  }

  /** The sum of a window, to be added to at once. */
  S grow(WindowKey key, long reachedMillis, long nowMillis) {
    Held<S> held =
        heldByKey.computeIfAbsent(key, absent -> new Held<>(addition.zero(), reachedMillis));
    held.changed = true;
    held.touchedAtMillis = nowMillis;
    held.reachedMillis = Math.max(held.reachedMillis, reachedMillis);
    return held.sum;
  }

  /** Lets one of {@link #keys} go. */
  Released<S> release(WindowKey key) {
    Held<S> held = heldByKey.remove(key);
    if (held == null) {
      throw new IllegalArgumentException("nothing is held for " + key);
    }
    if (held.stored) {
      wrapped().delete(bytes(key));
    }
    return new Released<>(key, held.sum, held.reachedMillis);
  }

  /** A copy of the keys, the earliest window first. */
  List<WindowKey> keys() {
    List<WindowKey> sorted = new ArrayList<>(heldByKey.keySet());
    sorted.sort(Comparator.comparingLong(WindowKey::startMillis));
    return sorted;
  }

  /** The sum of one of {@link #keys}, not to be changed. */
  S peek(WindowKey key) {
    Held<S> held = heldByKey.get(key);
    if (held == null) {
      throw new IllegalArgumentException("nothing is held for " + key);
    }
    return held.sum;
  }

  /** For how long nothing was added to one of {@link #keys}, by wall clock, since the start. */
  long untouchedMillis(WindowKey key, long nowMillis) {
    Held<S> held = heldByKey.get(key);
    return held == null ? 0 : nowMillis - held.touchedAtMillis;
  }

  @Override
  public void flushCache() {
    heldByKey.forEach(this::store);
    super.flushCache();
  }

  private void store(WindowKey key, Held<S> held) {
    if (held.changed) {
      wrapped().put(bytes(key), addition.encode(held.sum));
      held.stored = true;
      held.changed = false;
    }
  }

  @Override
  public void clearCache() {
    heldByKey.clear();
    super.clearCache();
  }

  private Bytes bytes(WindowKey key) {
    return Bytes.wrap(keys.serializer().serialize(name(), key));
  }
}
