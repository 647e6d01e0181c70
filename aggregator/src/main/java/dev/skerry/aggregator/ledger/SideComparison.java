package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** {@link CompareSides} as a step, with its stores: on disk, and logged once a commit. */
record SideComparison(LedgerRules rules, Unsettled unsettled)
    implements ProcessorSupplier<LedgerKey, LedgerEntry, CompletenessKey, Completeness> {

  static final String PAGES = "ledger-sides";
  static final String JUDGED = "ledger-judged";

  @Override
  public Processor<LedgerKey, LedgerEntry, CompletenessKey, Completeness> get() {
    return new CompareSides(rules, unsettled);
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
                Stores.persistentKeyValueStore(JUDGED),
                SkerryAvroSerde.of(CompletenessKey.class),
                SkerryAvroSerde.of(Completeness.class))
            .withCachingEnabled());
  }
}
