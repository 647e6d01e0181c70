package dev.skerry.retrain.select;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The rounds that are open, and their candidates in a store: what waits survives with everything
 * else that commits. In memory are only the candidates' claims. Belongs to one stream task.
 */
final class Rounds {

  static final String STORE = "waiting-candidates";

  private static final char SEPARATOR = '\0';

  private final KeyValueStore<String, byte[]> store;
  private final long lengthMillis;
  private final TreeMap<String, Round> open = new TreeMap<>();

  /** As the store has them. */
  Rounds(KeyValueStore<String, byte[]> store, Duration length, Predicate<Waiting> drifts) {
    this.store = store;
    this.lengthMillis = length.toMillis();
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        Waiting whole = Waiting.decode(entry.value);
        Contender candidate = Contender.of(whole, drifts.test(whole));
        of(candidate.claim(), candidate.appendMillis()).add(candidate);
      }
    }
  }

  /** The store, on disk. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
  }

  /** The round of a candidate, opened where it is not. */
  Round of(Claim claim, long appendMillis) {
    long startMillis = Math.floorDiv(appendMillis, lengthMillis) * lengthMillis;
    return open.computeIfAbsent(
        time(startMillis) + claim.siteId(), key -> new Round(claim.siteId(), startMillis));
  }

  /** Lets a candidate wait in its round. */
  void add(Round round, Contender candidate, Waiting whole) {
    round.add(candidate);
    store.put(key(candidate), whole.encode());
  }

  /** Sends one away that waits. */
  void remove(Round round, Contender candidate) {
    round.remove(candidate);
    forget(candidate);
  }

  /** Forgets the bytes of one that waits no longer. */
  void forget(Contender candidate) {
    store.delete(key(candidate));
  }

  /** The bytes of one that waits no longer, which are forgotten. */
  Waiting take(Contender candidate) {
    return Waiting.decode(Objects.requireNonNull(store.delete(key(candidate))));
  }

  /** The rounds that ended by then, the earliest first; they are open no longer. */
  List<Round> endedBy(long timeMillis) {
    List<Round> ended = new ArrayList<>();
    for (Iterator<Round> all = open.values().iterator(); all.hasNext(); ) {
      Round round = all.next();
      if (endMillis(round) > timeMillis) {
        break; // The later they start, the later they stand.
      }
      all.remove();
      ended.add(round);
    }
    return ended;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** When a round ends. */
  long endMillis(Round round) {
    return round.startMillis() + lengthMillis;
  }

  /** Independent of the rounds, whose length may be another after a restart. */
  private static String key(Contender candidate) {
    Claim claim = candidate.claim();
    return time(candidate.appendMillis())
        + claim.siteId()
        + SEPARATOR
        + Long.toHexString(claim.lot());
  }

  private static String time(long millis) {
    return "%015d".formatted(millis) + SEPARATOR;
  }
}
