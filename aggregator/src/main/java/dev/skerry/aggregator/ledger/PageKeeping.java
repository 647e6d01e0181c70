package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * {@link KeepPages} as a step, with its stores: on disk, and logged once a commit.
 *
 * @param inputFullyRead whether all input was processed a moment ago; called by the stream threads
 */
record PageKeeping(LedgerRules rules, BooleanSupplier inputFullyRead, LedgerMetrics metrics)
    implements ProcessorSupplier<LedgerKey, LedgerEntry, LedgerKey, LedgerEntry> {

  static final String PAGES = "ledger-pages";
  static final String CLOCKS = "ledger-clocks";

  @Override
  public Processor<LedgerKey, LedgerEntry, LedgerKey, LedgerEntry> get() {
    return new KeepPages(rules, inputFullyRead, metrics);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(PAGES),
                SkerryAvroSerde.of(LedgerKey.class),
                SkerryAvroSerde.of(LedgerEntry.class))
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(CLOCKS), Serdes.String(), Serdes.Long())
            .withCachingEnabled());
  }
}
