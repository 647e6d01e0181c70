package dev.skerry.retrain.select;

import dev.skerry.retrain.egress.Egress;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.CheckedInput;
import dev.skerry.service.streams.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From candidates to samples: of each candidate is made what may leave the site of it; a budget
 * belongs to a site, so all come together in one partition, where those that are worth most pass,
 * as far as the budget goes. Drift reports, of one partition too, come to the same place and raise
 * the budget.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
final class SelectTopology {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private SelectTopology() {}

  /** The topology; it touches nothing outside. */
  static Topology of(
      SelectConfig config, WriterSchemas schemas, SelectionView view, MeterRegistry registry) {
    Egress egress = Egress.of(config.egress());
    SelectMetrics metrics = new SelectMetrics(registry);
    StreamsBuilder builder = new StreamsBuilder();
    // Added once and connected by name: a store that two steps bring along each is made twice, in
    // two tasks, where one would not see what the other writes.
    builder.addStateStore(DriftingStreams.store());
    drift(config, schemas)
        .read(builder, registry)
        .mapValues(Reading.Value::value, Named.as("drift-report"))
        .process(HearDrift::new, Named.as("hear-drift"), DriftingStreams.STORE);
    candidates(config, schemas)
        .read(builder, registry)
        .process(() -> new Claiming(egress), Named.as("claim"))
        .repartition(
            Repartitioned.<byte[], byte[]>as("contenders")
                .withNumberOfPartitions(1)
                .withKeySerde(BYTES)
                .withValueSerde(BYTES))
        .process(
            Selection.supplier(config.rules(), metrics, view),
            Named.as("select"),
            DriftingStreams.STORE)
        .to(
            Topics.RETRAINING_SAMPLES.name(),
            Produced.with(BYTES, BYTES).withName("retraining-samples"));
    return builder.build();
  }

  private static CheckedInput<DriftReport> drift(SelectConfig config, WriterSchemas schemas) {
    return new CheckedInput<>(
        Topics.DRIFT, DriftReport.class, schemas, Decoded.Value::new, config.siteId(), "select");
  }

  private static CheckedInput<RetrainingSample> candidates(
      SelectConfig config, WriterSchemas schemas) {
    return new CheckedInput<>(
        Topics.RETRAINING_CANDIDATES,
        RetrainingSample.class,
        schemas,
        Decoded.Value::new,
        config.siteId(),
        "select");
  }
}
