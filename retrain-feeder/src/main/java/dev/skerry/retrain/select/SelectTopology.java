package dev.skerry.retrain.select;

import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.CheckedInput;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From candidates to samples: a budget belongs to a site, so all candidates come together in one
 * partition, where the affordable ones pass, byte for byte.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
final class SelectTopology {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private SelectTopology() {}

  /** The topology; it touches nothing outside. */
  static Topology of(SelectConfig config, WriterSchemas schemas, MeterRegistry registry) {
    SelectMetrics metrics = new SelectMetrics(registry);
    StreamsBuilder builder = new StreamsBuilder();
    candidates(config, schemas)
        .read(builder, registry)
        .process(() -> new Claiming(metrics), Named.as("claim"))
        .repartition(
            Repartitioned.<byte[], byte[]>as("claims")
                .withNumberOfPartitions(1)
                .withKeySerde(BYTES)
                .withValueSerde(BYTES))
        .processValues(SpendBudget.supplier(config.limits(), metrics), Named.as("spend-budget"))
        .to(
            Topics.RETRAINING_SAMPLES.name(),
            Produced.with(BYTES, BYTES).withName("retraining-samples"));
    return builder.build();
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
