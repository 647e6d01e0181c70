package dev.skerry.aggregator.window;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Makes {@link HeldSums} for each stream task, with a changelog. It is compacted and knows no
 * retention, so old event times are safe in it.
 */
final class HeldSumsBuilder<S> implements StoreBuilder<HeldSums<S>> {

  private final StoreBuilder<KeyValueStore<Bytes, byte[]>> bytes;
  private final Addition<S> addition;

  private HeldSumsBuilder(KeyValueBytesStoreSupplier supplier, Addition<S> addition) {
    this.bytes = Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray());
    this.addition = addition;
  }

  /** In memory: for what is held for moments. */
  static <S> HeldSumsBuilder<S> inMemory(String name, Addition<S> addition) {
    return new HeldSumsBuilder<>(Stores.inMemoryKeyValueStore(name), addition);
  }

  /** On disk: for what is held for as long as a window is open. */
  static <S> HeldSumsBuilder<S> onDisk(String name, Addition<S> addition) {
    return new HeldSumsBuilder<>(Stores.persistentKeyValueStore(name), addition);
  }

  @Override
  public HeldSums<S> build() {
    return new HeldSums<>(bytes.build(), addition);
  }

  @Override
  public StoreBuilder<HeldSums<S>> withCachingEnabled() {
    return this; // It is a cache.
  }

  @Override
  public StoreBuilder<HeldSums<S>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<HeldSums<S>> withLoggingEnabled(Map<String, String> config) {
    bytes.withLoggingEnabled(config);
    return this;
  }

  @Override
  public StoreBuilder<HeldSums<S>> withLoggingDisabled() {
    throw new UnsupportedOperationException("sums that are held must survive a restart");
  }

  @Override
  public Map<String, String> logConfig() {
    return bytes.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return bytes.loggingEnabled();
  }

  @Override
  public String name() {
    return bytes.name();
  }
}
