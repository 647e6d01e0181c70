package dev.skerry.aggregator.ledger;

import dev.skerry.aggregator.seal.Seals;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessKey;
import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From the mirrored topics to the pages of the ledger, the same at the edge and in the cloud: what
 * a partition holds is added up by itself, and the sums of a topic of a site come together. At the
 * edge the pages go to the topic {@code ledger}; in the cloud they are compared with the edge's.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
final class LedgerTopology {

  /** A site has few pages; the cloud has those of all sites. */
  private static final int EDGE_PARTITIONS = 1;

  private static final int CLOUD_PARTITIONS = 4;

  private static final Serde<LedgerKey> KEY = SkerryAvroSerde.of(LedgerKey.class);
  private static final Serde<LedgerEntry> PAGE = SkerryAvroSerde.of(LedgerEntry.class);
  private static final Consumed<byte[], byte[]> BYTES =
      Consumed.with(Serdes.ByteArray(), Serdes.ByteArray());

  private LedgerTopology() {}

  /**
   * The topology; it touches nothing outside.
   *
   * @param schemas what is known of the schemas that records were written with
   * @param inputFullyRead whether all input was processed a moment ago; called by stream threads
   */
  static Topology of(
      LedgerRules rules,
      WriterSchemas schemas,
      Seals seals,
      BooleanSupplier inputFullyRead,
      MeterRegistry registry) {
    LedgerMetrics metrics = new LedgerMetrics(registry);
    StreamsBuilder builder = new StreamsBuilder();
    KStream<byte[], byte[]> mirrored = builder.stream(topics(), BYTES.withName("mirrored-topics"));
    KStream<LedgerKey, LedgerEntry> pages =
        seals
            .keepForgedOut(mirrored, "keep-forged-records-out", registry)
            .process(CountRecords.supplier(rules, schemas, metrics), Named.as("add-up-partition"))
            .repartition(sums(rules))
            .process(new PageKeeping(rules, inputFullyRead, metrics), Named.as("keep-pages"));
    if (rules.isEdge()) {
      pages.to(Topics.LEDGER.name(), Produced.with(KEY, PAGE).withName("ledger"));
    } else {
      KStream<byte[], byte[]> edgePages =
          builder.stream(Topics.LEDGER.name(), BYTES.withName("edge-pages"));
      seals
          .keepForgedOut(edgePages, "keep-forged-pages-out", registry)
          .process(() -> new ReadPages(schemas, metrics), Named.as("read-edge-pages"))
          .merge(pages.repartition(cloudPages()), Named.as("both-sides"))
          .process(
              new SideComparison(rules, new Unsettled(registry, Clock.systemUTC())),
              Named.as("compare-sides"))
          .to(
              Topics.COMPLETENESS.name(),
              Produced.with(
                      SkerryAvroSerde.of(CompletenessKey.class),
                      SkerryAvroSerde.of(Completeness.class))
                  .withName("completeness"));
    }
    return builder.build();
  }

  static List<String> topics() {
    return Topics.ledgered().stream().map(Topic::name).toList();
  }

  private static Repartitioned<LedgerKey, LedgerEntry> sums(LedgerRules rules) {
    return Repartitioned.<LedgerKey, LedgerEntry>as("sums")
        .withKeySerde(KEY)
        .withValueSerde(PAGE)
        .withNumberOfPartitions(rules.isEdge() ? EDGE_PARTITIONS : CLOUD_PARTITIONS)
        .withStreamPartitioner(SiteTopic.partitioner());
  }

  /** As many partitions as the edge's pages have, which come from all sites in one. */
  private static Repartitioned<LedgerKey, LedgerEntry> cloudPages() {
    return Repartitioned.<LedgerKey, LedgerEntry>as("cloud-pages")
        .withKeySerde(KEY)
        .withValueSerde(PAGE)
        .withNumberOfPartitions(Topics.LEDGER.partitions());
  }
}
