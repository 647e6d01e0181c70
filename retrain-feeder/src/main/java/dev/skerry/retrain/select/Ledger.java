package dev.skerry.retrain.select;

import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What each site and device has spent in each hour and day, in a store. Keys sort by time, so that
 * what is over can be forgotten. Belongs to one stream task.
 */
final class Ledger {

  /** Late candidates still find the hour that they belong to. */
  static final Duration KEPT = Duration.ofDays(2);

  private static final char HOUR = 'h';
  private static final char DAY = 'd';
  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;

  Ledger(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  static String hour(long timeMillis, String siteId) {
    return period(HOUR, Duration.ofHours(1), timeMillis) + siteId;
  }

  static String deviceHour(long timeMillis, String siteId, String deviceId) {
    return hour(timeMillis, siteId) + SEPARATOR + deviceId;
  }

  static String day(long timeMillis, String siteId) {
    return period(DAY, Duration.ofDays(1), timeMillis) + siteId;
  }

  Spent spent(String account) {
    return Spent.decode(store.get(account));
  }

  void pay(String account, long bytes) {
    store.put(account, spent(account).plus(bytes).encode());
  }

  /** Forgets hours and days that ended long before this time. */
  void forgetBefore(long timeMillis) {
    long last = Math.max(0, timeMillis - KEPT.toMillis());
    forget(HOUR, period(HOUR, Duration.ofHours(1), last));
    forget(DAY, period(DAY, Duration.ofDays(1), last));
  }

  private void forget(char kind, String endExclusive) {
    try (KeyValueIterator<String, byte[]> old = store.range(String.valueOf(kind), endExclusive)) {
      while (old.hasNext()) {
        KeyValue<String, byte[]> entry = old.next();
        store.delete(entry.key);
      }
    }
  }

  private static String period(char kind, Duration length, long timeMillis) {
    return "%c%010d".formatted(kind, Math.floorDiv(timeMillis, length.toMillis())) + SEPARATOR;
  }
}
