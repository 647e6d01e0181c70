package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sums of one partition that were not handed on yet, in memory, each change written through to
 * a logged store so that a restart finds them. Belongs to one stream task.
 */
final class HeldSums {

  private final KeyValueStore<Bytes, byte[]> store;
  private final LinkSide side;
  private final AvroEncoder<LedgerKey> keys = new AvroEncoder<>(LedgerKey.class);
  private final Map<PageKey, Held> heldByKey = new HashMap<>();
  private @Nullable Held last;

  /** One sum, under the key of its page. */
  private static final class Held {
    private final PageKey key;
    private final Bytes storeKey;
    private Sum sum;
    private long reachedMillis;

    Held(PageKey key, Bytes storeKey, Sum sum) {
      this.key = key;
      this.storeKey = storeKey;
      this.sum = sum;
      this.reachedMillis = key.startMillis();
    }

    boolean is(String siteId, String topic, long appendMillis) {
      return appendMillis >= key.startMillis()
          && appendMillis < key.endMillis()
          && key.stream().topic().equals(topic)
          && key.stream().siteId().equals(siteId);
    }
  }

  /** Takes what is let go. */
  @FunctionalInterface
  interface Receiver {
    /**
     * One page's sum.
     *
     * @param reachedMillis the latest append time in it, as far as is known
     */
    void take(PageKey page, Sum sum, long reachedMillis);
  }

  /** Loads what the store holds. */
  HeldSums(KeyValueStore<Bytes, byte[]> store, LinkSide side) {
    this.store = store;
    this.side = side;
    SkerryAvroDeserializer<LedgerKey> key = new SkerryAvroDeserializer<>(LedgerKey.class);
    try (KeyValueIterator<Bytes, byte[]> stored = store.all()) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> next = stored.next();
        PageKey page = PageKey.of(key.deserialize(store.name(), next.key.get()));
        heldByKey.put(page, new Held(page, next.key, Sum.ofBytes(next.value)));
      }
    }
  }

  void add(String siteId, String topic, long appendMillis, Sum sum) {
    Held held = last;
    if (held == null || !held.is(siteId, topic, appendMillis)) {
      PageKey key = PageKey.at(new SiteTopic(siteId, topic), appendMillis);
      held = heldByKey.computeIfAbsent(key, this::hold);
      last = held;
    }
    held.sum = held.sum.plus(sum);
    held.reachedMillis = Math.max(held.reachedMillis, appendMillis);
    store.put(held.storeKey, held.sum.toBytes());
  }

  private Held hold(PageKey key) {
    return new Held(key, Bytes.wrap(keys.encode(key.toAvro(side))), Sum.ZERO);
  }

  /** Lets all of them go. */
  void release(Receiver receiver) {
    for (Held held : heldByKey.values()) {
      store.delete(held.storeKey);
      receiver.take(held.key, held.sum, held.reachedMillis);
    }
    heldByKey.clear();
    last = null;
  }
}
