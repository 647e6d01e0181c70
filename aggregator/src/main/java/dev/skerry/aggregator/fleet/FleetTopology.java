package dev.skerry.aggregator.fleet;

import dev.skerry.aggregator.seal.Seals;
import dev.skerry.aggregator.sum.AggregateForm;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.sum.DetectionSums;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.aggregator.window.Windows;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.CheckedInput;
import dev.skerry.service.streams.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * From the sites' aggregates to the fleet's, by the same windows as from detections to a site's.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
final class FleetTopology {

  private static final Serde<AggregateKey> KEY = SkerryAvroSerde.of(AggregateKey.class);
  private static final Serde<Aggregate> AGGREGATE = SkerryAvroSerde.of(Aggregate.class);

  private FleetTopology() {}

  /** The topology; it touches nothing outside. */
  static Topology of(
      FleetRules rules,
      String siteId,
      WriterSchemas schemas,
      Seals seals,
      BooleanSupplier inputFullyRead,
      OpenWindows<DetectionSum> openWindows,
      MeterRegistry registry) {
    StreamsBuilder builder = new StreamsBuilder();
    Windows<DetectionSum> windows =
        new Windows<>(
            "fleet", "fleet-", rules.windows(), new DetectionSums(), inputFullyRead, openWindows);
    KStream<byte[], Aggregate> sites =
        new CheckedInput<>(
                Topics.AGGREGATES,
                Aggregate.class,
                schemas,
                SiteContribution::check,
                siteId,
                "fleet")
            .read(
                builder,
                records -> seals.keepForgedOut(records, "keep-forged-out", registry),
                registry)
            .mapValues(Reading.Value::value, Named.as("aggregate"));
    windows
        .closed(
            List.of(
                windows.partials(
                    "", sites, () -> new SiteContribution(rules.from()), /* tellsTime= */ true)),
            registry)
        .map(
            (key, closed) -> KeyValue.pair(key.toAvro(), AggregateForm.of(key, closed)),
            Named.as("as-written"))
        .to(
            Topics.FLEET_AGGREGATES.name(),
            Produced.with(KEY, AGGREGATE).withName("fleet-aggregates"));
    return builder.build();
  }
}
