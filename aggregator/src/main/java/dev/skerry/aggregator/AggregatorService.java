package dev.skerry.aggregator;

import dev.skerry.aggregator.answers.AnswerServices;
import dev.skerry.aggregator.drift.DriftService;
import dev.skerry.aggregator.fleet.FleetService;
import dev.skerry.aggregator.ledger.LedgerService;
import dev.skerry.aggregator.query.WindowQueries;
import dev.skerry.aggregator.seal.Seals;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.OpenWindows;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.ServiceGroup;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.Parking;
import dev.skerry.service.streams.ReadProgress;
import dev.skerry.service.streams.StreamsService;
import dev.skerry.service.streams.StreamsSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** Makes the aggregator from its settings, for a process of its own or within another. */
public final class AggregatorService {

  private AggregatorService() {}

  /**
   * The service, not yet running: at the edge the windows, the watch over drift and both ledgers,
   * in the cloud the roll-up of all sites and the ledger of what has arrived.
   *
   * @param settings loaded with {@link AggregatorConfig}
   */
  public static Service create(Settings settings, Observability observability) {
    AggregatorConfig config = settings.get(AggregatorConfig.class);
    StreamsSettings streams =
        new StreamsSettings(config.applicationId(), config.instance(), config.stateDir());
    Seals seals = Seals.of(config.seals(), settings.kafka().writerSchemas());
    if (config.side() == Side.EDGE && !seals.keys().isEmpty()) {
      throw new ConfigException(
          "aggregator.seals.keys is for the cloud: a site has its own key alone, service.seal-key");
    }
    List<Service> members = new ArrayList<>();
    OpenWindows<DetectionSum> openWindows = new OpenWindows<>();
    if (config.side() == Side.EDGE) {
      members.add(windows(config, streams, settings, openWindows, observability));
      config
          .drift()
          .models()
          .map(
              models ->
                  DriftService.create(
                      streams, models, config.driftRules(), settings, observability))
          .ifPresent(members::add);
    } else if (config.fleet().enabled()) {
      members.add(
          FleetService.create(
              streams,
              config.siteId(),
              config.fleet(),
              seals,
              settings,
              openWindows,
              observability));
    }
    if (config.ledger().enabled()) {
      members.add(
          LedgerService.create(
              streams,
              config.side(),
              config.siteId(),
              config.ledger(),
              seals,
              settings,
              observability));
    }
    if (config.side() == Side.EDGE && config.answers().enabled()) {
      members.add(
          AnswerServices.create(
              config.siteId(), config.stateDir(), config.answers(), settings, observability));
    }
    if (members.isEmpty()) {
      throw new ConfigException(
          "aggregator.ledger.enabled and aggregator.fleet.enabled are false, and in the cloud there"
              + " is nothing else to do");
    }
    observability.serve("/v1/windows", new WindowQueries(openWindows)::answer);
    return new ServiceGroup(members);
  }

  private static Service windows(
      AggregatorConfig config,
      StreamsSettings streams,
      Settings settings,
      OpenWindows<DetectionSum> openWindows,
      Observability observability) {
    ReadProgress progress = ReadProgress.of(config.applicationId(), settings.kafka());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    Topology topology =
        AggregatorTopology.of(
            config, schemas, progress::isFullyRead, openWindows, observability.metrics());
    return new StreamsService(
        topology,
        streams.toProperties(settings.kafka()),
        progress,
        Parking.of(schemas, Topics.DETECTIONS, Topics.DEAD_LETTERS),
        observability);
  }
}
