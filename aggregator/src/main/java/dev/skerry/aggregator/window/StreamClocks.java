package dev.skerry.aggregator.window;

import dev.skerry.aggregator.clock.StreamClock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The clocks of the streams. What they closed is kept in a store: a window that was closed before a
 * restart stays closed. Belongs to one stream task.
 */
final class StreamClocks {

  private final KeyValueStore<String, Long> store;
  private final long quietMillis;
  private final Map<StreamId, StreamClock> clocks = new HashMap<>();

  StreamClocks(KeyValueStore<String, Long> store, long quietMillis) {
    this.store = store;
    this.quietMillis = quietMillis;
  }

  StreamClock of(StreamId stream, long nowMillis) {
    return clocks.computeIfAbsent(stream, absent -> load(absent, nowMillis));
  }

  private StreamClock load(StreamId stream, long nowMillis) {
    Long closedThrough = store.get(stream.toKey());
    return new StreamClock(
        quietMillis, closedThrough == null ? Long.MIN_VALUE : closedThrough, nowMillis);
  }

  /** Keeps what a clock has closed. */
  void save(StreamId stream, StreamClock clock) {
    store.put(stream.toKey(), clock.closedThroughMillis());
  }

  void forEach(BiConsumer<StreamId, StreamClock> action) {
    clocks.forEach(action);
  }
}
