package dev.skerry.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that were given lately, at most so many, for as long as each kind of answer holds.
 * Thread-safe; it never waits for a registry.
 */
final class Remembered<K, T> {

  private final Function<Answer<T>, Long> ttlNanos;
  private final LongSupplier nanoClock;
  private final Map<K, Entry<T>> entries;

  private record Entry<T>(Answer<T> answer, long atNanos, long ttlNanos) {}

  /**
   * An empty memory.
   *
   * @param ttlNanos how long an answer holds
   */
  Remembered(int maxEntries, Function<Answer<T>, Long> ttlNanos, LongSupplier nanoClock) {
    this.ttlNanos = ttlNanos;
    this.nanoClock = nanoClock;
    this.entries =
        new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Entry<T>> eldest) {
            return size() > maxEntries;
          }
        };
  }

  /** What is remembered, or what the registry says now. */
  Answer<T> get(K key, Function<K, Answer<T>> ask) {
    Answer<T> known = recall(key);
    if (known != null) {
      return known;
    }
    Answer<T> answer = ask.apply(key);
    synchronized (entries) {
      entries.put(key, new Entry<>(answer, nanoClock.getAsLong(), ttlNanos.apply(answer)));
    }
    return answer;
  }

  int size() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private @Nullable Answer<T> recall(K key) {
    synchronized (entries) {
      Entry<T> entry = entries.get(key);
      if (entry == null || nanoClock.getAsLong() - entry.atNanos() >= entry.ttlNanos()) {
        return null;
      }
      return entry.answer();
    }
  }
}
