package dev.skerry.aggregator.ledger;

import dev.skerry.aggregator.clock.SourcePartition;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.seal.SiteReader;
import dev.skerry.schemas.serde.WriterSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds the records of one partition number up before they go over the wire: every {@link #EVERY},
 * one partial sum for each page that grew. A header names the partition; {@code countedAt} of a
 * partial sum is the latest append time in it. At the edge, what bears another site's name is
 * counted apart and not here: only that site can attest it.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class CountRecords implements Processor<byte[], byte[], LedgerKey, LedgerEntry> {

  private static final String STORE = "ledger-held";
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final LedgerRules rules;
  private final SiteReader sites;
  private final LedgerMetrics metrics;
  private ProcessorContext<LedgerKey, LedgerEntry> context;
  private HeldSums held;

  private CountRecords(LedgerRules rules, WriterSchemas schemas, LedgerMetrics metrics) {
    this.rules = rules;
    this.sites = new SiteReader(schemas);
    this.metrics = metrics;
  }

  /** The step with its store: in memory, logged once a commit. */
  static ProcessorSupplier<byte[], byte[], LedgerKey, LedgerEntry> supplier(
      LedgerRules rules, WriterSchemas schemas, LedgerMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], LedgerKey, LedgerEntry> get() {
        return new CountRecords(rules, schemas, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<LedgerKey, LedgerEntry> initial) {
    context = initial;
    held = new HeldSums(context.getStateStore(STORE), rules.linkSide());
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::release);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Optional<String> site = sites.siteOf(record.value());
    if (site.isEmpty()) {
      metrics.unknownSite();
    } else if (rules.isEdge() && !site.get().equals(rules.siteId())) {
      metrics.foreignRecord();
    } else {
      String topic = context.recordMetadata().orElseThrow().topic();
      held.add(site.get(), topic, record.timestamp(), Sum.of(record.key(), record.value()));
      metrics.counted();
    }
  }

  private void release(long nowMillis) {
    held.release((page, sum, reachedMillis) -> forward(page, sum, reachedMillis, nowMillis));
  }

  private void forward(PageKey page, Sum sum, long reachedMillis, long nowMillis) {
    LedgerEntry partial = page.blank(rules.linkSide());
    sum.addTo(partial);
    partial.setCountedAt(Instant.ofEpochMilli(reachedMillis));
    context.forward(
        new Record<>(
            page.toAvro(rules.linkSide()),
            partial,
            // Not the edge's time: a broker refuses what is far ahead of its own clock.
            nowMillis,
            SourcePartition.header(context.taskId().partition())));
  }
}
