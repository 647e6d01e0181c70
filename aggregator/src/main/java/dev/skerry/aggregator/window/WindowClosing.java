package dev.skerry.aggregator.window;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@link CloseWindows} as a step, with its stores: on disk, and logged once a commit. Their
 * changelogs are compacted and know no retention, so old event times are safe in them.
 *
 * @param inputFullyRead whether all input was processed a moment ago; called by the stream threads
 */
public record WindowClosing(
    WindowRules rules, BooleanSupplier inputFullyRead, WindowMetrics metrics)
    implements ProcessorSupplier<AggregateKey, Aggregate, AggregateKey, Aggregate> {

  static final String OPEN = "windows-open";
  static final String CLOCKS = "windows-clocks";

  @Override
  public Processor<AggregateKey, Aggregate, AggregateKey, Aggregate> get() {
    return new CloseWindows(rules, inputFullyRead, metrics);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(OPEN), Serdes.Bytes(), Serdes.ByteArray())
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(CLOCKS), Serdes.String(), Serdes.Long())
            .withCachingEnabled());
  }
}
