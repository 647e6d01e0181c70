package dev.skerry.aggregator.window;

import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@link CloseWindows} as a step, with its stores: on disk, and logged once a commit. Their
 * changelogs are compacted and know no retention, so old event times are safe in them.
 */
record WindowClosing<S>(Windows<S> windows, WindowMetrics metrics)
    implements ProcessorSupplier<WindowKey, S, WindowKey, Closed<S>> {

  @Override
  public Processor<WindowKey, S, WindowKey, Closed<S>> get() {
    return new CloseWindows<>(windows, metrics);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        HeldSumsBuilder.onDisk(windows.open(), windows.addition()),
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(windows.clocks()), Serdes.String(), Serdes.Long())
            .withCachingEnabled());
  }
}
