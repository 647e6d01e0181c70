package dev.skerry.aggregator.ledger;

import dev.skerry.aggregator.clock.StreamClock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far each topic of a site has got. What was closed is kept in a store. Belongs to one stream
 * task.
 */
final class PageClocks {

  private final KeyValueStore<String, Long> store;
  private final long quietMillis;
  private final Map<SiteTopic, StreamClock> clocks = new HashMap<>();

  PageClocks(KeyValueStore<String, Long> store, long quietMillis) {
    this.store = store;
    this.quietMillis = quietMillis;
  }

  /** Takes note of records of a partition up to an append time. */
  void hear(SiteTopic stream, int partition, long reachedMillis, long nowMillis) {
    of(stream, nowMillis).hear(partition, reachedMillis, nowMillis);
  }

  /** Lets all follow their partitions. */
  void advance(long nowMillis) {
    clocks.forEach(
        (stream, clock) -> {
          if (clock.advance(nowMillis)) {
            save(stream, clock);
          }
        });
  }

  /** Closes a topic up to an append time by other knowledge; it never goes back. */
  void closeThrough(SiteTopic stream, long appendMillis, long nowMillis) {
    StreamClock clock = of(stream, nowMillis);
    if (clock.closeThrough(appendMillis)) {
      save(stream, clock);
    }
  }

  long closedThroughMillis(SiteTopic stream, long nowMillis) {
    return of(stream, nowMillis).closedThroughMillis();
  }

  private StreamClock of(SiteTopic stream, long nowMillis) {
    return clocks.computeIfAbsent(
        stream,
        absent -> {
          Long closed = store.get(absent.toKey());
          return new StreamClock(quietMillis, closed == null ? Long.MIN_VALUE : closed, nowMillis);
        });
  }

  private void save(SiteTopic stream, StreamClock clock) {
    store.put(stream.toKey(), clock.closedThroughMillis());
  }
}
