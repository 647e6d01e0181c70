package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.aggregator.sum.AggregateForm;
import dev.skerry.aggregator.sum.DeadLetterContribution;
import dev.skerry.aggregator.sum.DetectionContribution;
import dev.skerry.aggregator.sum.DetectionRules;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.sum.DetectionSums;
import dev.skerry.aggregator.window.Closed;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.aggregator.window.Windows;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.streams.CheckedInput;
import dev.skerry.service.streams.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * From detections to aggregates: each partition of detections is added up by itself, the partial
 * sums of a stream come together, and each window is given out once when it closes. Dead letters
 * are counted in the windows that their records belong to.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
public final class AggregatorTopology {

  private static final Serde<AggregateKey> KEY = SkerryAvroSerde.of(AggregateKey.class);
  private static final Serde<Aggregate> AGGREGATE = SkerryAvroSerde.of(Aggregate.class);

  private final AggregatorConfig config;
  private final WriterSchemas schemas;
  private final MeterRegistry registry;
  private final StreamsBuilder builder = new StreamsBuilder();

  private AggregatorTopology(
      AggregatorConfig config, WriterSchemas schemas, MeterRegistry registry) {
    this.config = config;
    this.schemas = schemas;
    this.registry = registry;
  }

  /**
   * The topology; it touches nothing outside.
   *
   * @param schemas what is known of the schemas that its inputs were written with
   * @param inputFullyRead whether all input was processed a moment ago; called by stream threads
   * @param openWindows shows the windows that are open
   */
  public static Topology of(
      AggregatorConfig config,
      WriterSchemas schemas,
      BooleanSupplier inputFullyRead,
      OpenWindows<DetectionSum> openWindows,
      MeterRegistry registry) {
    AggregatorTopology topology = new AggregatorTopology(config, schemas, registry);
    topology.addWindows(
        new Windows<>(
            "aggregates",
            "",
            config.windowRules(),
            new DetectionSums(),
            inputFullyRead,
            openWindows));
    return topology.builder.build();
  }

  private void addWindows(Windows<DetectionSum> windows) {
    KStream<WindowKey, DetectionSum> detections =
        windows.partials(
            "",
            read(Topics.DETECTIONS, Detection.class, DetectionRules::check),
            () -> new DetectionContribution(registry),
            /* tellsTime= */ true);
    KStream<WindowKey, DetectionSum> deadLetters =
        windows.partials(
            "dead-letters-",
            read(Topics.DEAD_LETTERS, DeadLetter.class, Decoded.Value::new),
            DeadLetterContribution::new,
            /* tellsTime= */ false);
    windows
        .closed(List.of(detections, deadLetters), registry)
        .map(AggregatorTopology::written, Named.as("as-written"))
        .to(
            Topics.AGGREGATES.name(),
            Produced.with(KEY, AGGREGATE, AggregatorTopology::bySite).withName("aggregates"));
  }

  /**
   * What a site says of one moment goes to one partition: it stays in order, and crosses the link
   * in one batch, which compresses better than four.
   */
  private static Optional<Set<Integer>> bySite(
      String topic, AggregateKey key, Aggregate aggregate, int partitions) {
    byte[] site = key.getSiteId().getBytes(UTF_8);
    return Optional.of(Set.of(Utils.toPositive(Utils.murmur2(site)) % partitions));
  }

  private static KeyValue<AggregateKey, Aggregate> written(
      WindowKey key, Closed<DetectionSum> closed) {
    return KeyValue.pair(key.toAvro(), AggregateForm.of(key, closed));
  }

  private <T extends SpecificRecord> KStream<byte[], T> read(
      Topic topic, Class<T> type, Function<T, Decoded<T>> rules) {
    return new CheckedInput<>(topic, type, schemas, rules, config.siteId(), "aggregator")
        .read(builder, registry)
        .mapValues(Reading.Value::value, Named.as("value-" + topic.name()));
  }
}
