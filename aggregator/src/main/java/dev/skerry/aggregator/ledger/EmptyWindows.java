package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which windows have passed since the last look, so that those without a record get a page too. How
 * far it has looked is kept in a store. Belongs to one stream task.
 */
final class EmptyWindows {

  private static final String PREFIX = "looked\0";

  private final KeyValueStore<String, Long> store;

  EmptyWindows(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  /**
   * The windows that are over and were not looked at yet, the earliest first; none at the first
   * look, and no more than the ledger's topic keeps after a long stop.
   *
   * @param overThroughMillis windows that end by then are over
   */
  List<PageKey> passed(SiteTopic stream, long overThroughMillis) {
    if (overThroughMillis == Long.MIN_VALUE) {
      return List.of();
    }
    String key = PREFIX + stream.toKey();
    Long looked = store.get(key);
    long endMillis = PageKey.floor(overThroughMillis);
    long earliest = endMillis - Topics.LEDGER.retention().toMillis();
    List<PageKey> passed = new ArrayList<>();
    long from = looked == null ? endMillis : Math.max(looked, PageKey.floor(earliest));
    for (long start = from; start < endMillis; start += PageKey.WINDOW_MILLIS) {
      passed.add(new PageKey(stream, start));
    }
    if (looked == null || looked < endMillis) {
      store.put(key, endMillis);
    }
    return passed;
  }
}
