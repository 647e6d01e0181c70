package dev.skerry.retrain.select;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What each site, device and class has spent in each minute, hour and day, and how candidates were
 * decided on, in a store that commits with the samples. Keys sort by time, so that what is over can
 * be forgotten. Belongs to one stream task.
 */
final class Ledger {

  static final String STORE = "budget-spent";

  /** Late candidates still find the hour that they belong to. */
  static final Duration KEPT = Duration.ofDays(2);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static final char OF_MINUTE = 'm';
  private static final char OF_HOUR = 'h';
  private static final char OF_CLASS = 'c';
  private static final char BY_LOT = 'l';
  private static final char OF_DAY = 'd';
  private static final char DECIDED = 'v';
  private static final char SEPARATOR = '\0';
  private static final char AFTER_SEPARATOR = '\1';

  private final KeyValueStore<String, byte[]> store;

  Ledger(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** The store, on disk and logged once a commit. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  static String minute(long timeMillis, String siteId) {
    return period(OF_MINUTE, MINUTE, timeMillis) + siteId;
  }

  static String hour(long timeMillis, String siteId) {
    return period(OF_HOUR, HOUR, timeMillis) + siteId;
  }

  static String deviceHour(long timeMillis, Claim claim) {
    return hour(timeMillis, claim.siteId()) + SEPARATOR + claim.deviceId();
  }

  static String classHour(long timeMillis, Claim claim) {
    return period(OF_CLASS, HOUR, timeMillis)
        + claim.siteId()
        + SEPARATOR
        + claim.stream()
        + SEPARATOR
        + claim.label();
  }

  /** What was chosen by lot in an hour. */
  static String lotHour(long timeMillis, String siteId) {
    return period(BY_LOT, HOUR, timeMillis) + siteId;
  }

  static String day(long timeMillis, String siteId) {
    return period(OF_DAY, DAY, timeMillis) + siteId;
  }

  Spent spent(String account) {
    return Spent.decode(store.get(account));
  }

  void pay(String account, long bytes) {
    store.put(account, spent(account).plus(bytes).encode());
  }

  /** Takes note of what became of a candidate. */
  void decided(Claim claim, long timeMillis, Verdict verdict, long bytes) {
    pay(decisions(timeMillis, claim.siteId()) + claim.stream() + SEPARATOR + verdict.text(), bytes);
  }

  /** How a site's candidates of an hour were decided on, by stream and verdict. */
  Map<String, Map<String, Spent>> decisions(String siteId, long timeMillis) {
    String prefix = decisions(timeMillis, siteId);
    String end = prefix.substring(0, prefix.length() - 1) + AFTER_SEPARATOR;
    Map<String, Map<String, Spent>> byStream = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> entries = store.range(prefix, end)) {
      while (entries.hasNext()) {
        KeyValue<String, byte[]> entry = entries.next();
        int last = entry.key.lastIndexOf(SEPARATOR);
        byStream
            .computeIfAbsent(entry.key.substring(prefix.length(), last), stream -> new TreeMap<>())
            .put(entry.key.substring(last + 1), Spent.decode(entry.value));
      }
    }
    return byStream;
  }

  /** The sites of which candidates were decided on within a day before that time. */
  Set<String> sites(long timeMillis) {
    Set<String> sites = new TreeSet<>();
    String first = period(DECIDED, HOUR, timeMillis - DAY.toMillis());
    String last = period(DECIDED, HOUR, timeMillis + HOUR.toMillis());
    try (KeyValueIterator<String, byte[]> entries = store.range(first, last)) {
      while (entries.hasNext()) {
        String key = entries.next().key;
        sites.add(key.substring(first.length(), key.indexOf(SEPARATOR, first.length())));
      }
    }
    return sites;
  }

  /** Forgets what ended long before this time. */
  void forgetBefore(long timeMillis) {
    long last = Math.max(0, timeMillis - KEPT.toMillis());
    forget(OF_MINUTE, MINUTE, last);
    forget(OF_HOUR, HOUR, last);
    forget(OF_CLASS, HOUR, last);
    forget(BY_LOT, HOUR, last);
    forget(DECIDED, HOUR, last);
    forget(OF_DAY, DAY, last);
  }

  private void forget(char kind, Duration length, long lastMillis) {
    try (KeyValueIterator<String, byte[]> old =
        store.range(String.valueOf(kind), period(kind, length, lastMillis))) {
      while (old.hasNext()) {
        store.delete(old.next().key);
      }
    }
  }

  private static String decisions(long timeMillis, String siteId) {
    return period(DECIDED, HOUR, timeMillis) + siteId + SEPARATOR;
  }

  private static String period(char kind, Duration length, long timeMillis) {
    return "%c%010d".formatted(kind, Math.floorDiv(timeMillis, length.toMillis())) + SEPARATOR;
  }
}
