package dev.skerry.aggregator.fleet;

import dev.skerry.aggregator.seal.Seals;
import dev.skerry.aggregator.sum.DetectionSum;
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

/** Makes the roll-up of all sites from its settings. */
public final class FleetService {

  private FleetService() {}

  /**
   * The service, not yet running.
   *
   * @param streams of the aggregator that it belongs to; its own application is named after it
   * @param siteId what its dead letters name
   * @param seals which aggregates are their sites' own
   */
  public static Service create(
      StreamsSettings streams,
      String siteId,
      FleetConfig config,
      Seals seals,
      Settings settings,
      OpenWindows<DetectionSum> openWindows,
      Observability observability) {
    StreamsSettings own =
        new StreamsSettings(
            streams.applicationId() + "-fleet",
            streams.instance(),
            streams.stateDir().resolve("fleet"));
    ReadProgress progress = ReadProgress.of(own.applicationId(), settings.kafka());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    return new StreamsService(
        FleetTopology.of(
            config.rules(),
            siteId,
            schemas,
            seals,
            progress::isFullyRead,
            openWindows,
            observability.metrics()),
        own.toProperties(settings.kafka()),
        progress,
        Parking.of(schemas, Topics.AGGREGATES),
        observability);
  }
}
