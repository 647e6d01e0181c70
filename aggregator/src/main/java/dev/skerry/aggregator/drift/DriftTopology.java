package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.sum.DetectionRules;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.aggregator.window.Windows;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.DriftKey;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
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

/**
 * From detections, and a sample of the telemetry, to drift reports: numbers are counted in the bins
 * of the models' references, window by window, and each window is compared when it closes.
 *
 * <p>The names given here name the internal topics; to change one is to lose what it holds.
 */
final class DriftTopology {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private DriftTopology() {}

  /** The topology; it touches nothing outside but the models' files. */
  static Topology of(
      DriftRules rules,
      References references,
      WriterSchemas schemas,
      BooleanSupplier inputFullyRead,
      MeterRegistry registry) {
    StreamsBuilder builder = new StreamsBuilder();
    Windows<Histograms> windows =
        new Windows<>(
            "drift",
            "drift-",
            rules.windowRules(),
            new HistogramAddition(),
            inputFullyRead,
            new OpenWindows<>());
    List<KStream<WindowKey, Histograms>> partials = new ArrayList<>();
    partials.add(
        windows.partials(
            "scores-",
            detections(builder, schemas),
            () -> new ScoreContribution(references),
            /* tellsTime= */ true));
    if (rules.inputsOneIn() > 0) {
      partials.add(
          windows.partials(
              "inputs-",
              telemetry(builder, schemas, rules.inputsOneIn()),
              () -> new InputContribution(references),
              /* tellsTime= */ false));
    }
    windows
        .closed(partials, registry)
        .process(
            JudgeWindows.supplier(rules, references, new DriftMetrics(registry)),
            Named.as("judge-windows"))
        .to(
            Topics.DRIFT.name(),
            Produced.with(SkerryAvroSerde.of(DriftKey.class), SkerryAvroSerde.of(DriftReport.class))
                .withName("drift"));
    return builder.build();
  }

  /** What is no detection has its dead letter from the windows that count all of them. */
  private static KStream<byte[], Detection> detections(
      StreamsBuilder builder, WriterSchemas schemas) {
    return builder.stream(Topics.DETECTIONS.name(), Consumed.with(BYTES, BYTES))
        .processValues(
            () -> new Decode<>(new AvroDecoder<>(Detection.class, schemas), DetectionRules::check),
            Named.as("detection"));
  }

  private static KStream<byte[], Telemetry> telemetry(
      StreamsBuilder builder, WriterSchemas schemas, int oneIn) {
    return builder.stream(Topics.TELEMETRY.name(), Consumed.with(BYTES, BYTES))
        .processValues(() -> new TelemetrySample(oneIn, schemas), Named.as("sample"));
  }
}
