package dev.skerry.aggregator;

import dev.skerry.aggregator.window.DetectionRules;
import dev.skerry.aggregator.window.PartialSums;
import dev.skerry.aggregator.window.StreamPartitions;
import dev.skerry.aggregator.window.WindowClosing;
import dev.skerry.aggregator.window.WindowMetrics;
import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.CheckedInput;
import dev.skerry.service.streams.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From detections to aggregates: each partition of detections is added up by itself, the partial
 * aggregates of a stream come together, and each window is given out once when it closes.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
public final class AggregatorTopology {

  private static final Serde<AggregateKey> KEY = SkerryAvroSerde.of(AggregateKey.class);
  private static final Serde<Aggregate> AGGREGATE = SkerryAvroSerde.of(Aggregate.class);

  private AggregatorTopology() {}

  /**
   * The topology; it touches nothing outside.
   *
   * @param schemas what is known of the schemas that detections were written with
   * @param inputFullyRead whether all input was processed a moment ago; called by stream threads
   */
  public static Topology of(
      AggregatorConfig config,
      WriterSchemas schemas,
      BooleanSupplier inputFullyRead,
      MeterRegistry registry) {
    WindowRules rules = config.windowRules();
    WindowMetrics metrics = new WindowMetrics(registry);
    StreamsBuilder builder = new StreamsBuilder();

    detections(config, schemas)
        .read(builder, registry)
        .mapValues(Reading.Value::value, Named.as("detection"))
        .process(PartialSums.supplier(rules, metrics), Named.as("add-up-partition"))
        .repartition(
            Repartitioned.<AggregateKey, Aggregate>as("partials")
                .withKeySerde(KEY)
                .withValueSerde(AGGREGATE)
                .withStreamPartitioner(new StreamPartitions()))
        .process(new WindowClosing(rules, inputFullyRead, metrics), Named.as("close-windows"))
        .to(Topics.AGGREGATES.name(), Produced.with(KEY, AGGREGATE).withName("aggregates"));
    return builder.build();
  }

  private static CheckedInput<Detection> detections(
      AggregatorConfig config, WriterSchemas schemas) {
    return new CheckedInput<>(
        Topics.DETECTIONS,
        Detection.class,
        schemas,
        DetectionRules::check,
        config.siteId(),
        "aggregator");
  }
}
