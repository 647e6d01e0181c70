package dev.skerry.aggregator;

import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.Parking;
import dev.skerry.service.streams.ReadProgress;
import dev.skerry.service.streams.StreamsService;
import dev.skerry.service.streams.StreamsSettings;
import org.apache.kafka.streams.Topology;

/** Makes the aggregator from its settings, for a process of its own or within another. */
public final class AggregatorService {

  private AggregatorService() {}

  /**
   * The service, not yet running.
   *
   * @param settings loaded with {@link AggregatorConfig}
   */
  public static Service create(Settings settings, Observability observability) {
    AggregatorConfig config = settings.get(AggregatorConfig.class);
    StreamsSettings streams =
        new StreamsSettings(config.applicationId(), config.instance(), config.stateDir());
    ReadProgress progress = ReadProgress.of(config.applicationId(), settings.kafka());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    Topology topology =
        AggregatorTopology.of(
            config, schemas, progress::isFullyRead, new OpenWindows<>(), observability.metrics());
    return new StreamsService(
        topology,
        streams.toProperties(settings.kafka()),
        progress,
        Parking.of(schemas, Topics.DETECTIONS, Topics.DEAD_LETTERS),
        observability);
  }
}
