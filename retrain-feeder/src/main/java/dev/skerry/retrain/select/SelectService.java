package dev.skerry.retrain.select;

import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.Parking;
import dev.skerry.service.streams.ReadProgress;
import dev.skerry.service.streams.StreamsService;
import dev.skerry.service.streams.StreamsSettings;

/** Makes the selection from its settings, for a process of its own or within another. */
public final class SelectService {

  private SelectService() {}

  /**
   * The service, not yet running.
   *
   * @param settings loaded with {@link SelectConfig}
   */
  public static Service create(Settings settings, Observability observability) {
    SelectConfig config = settings.get(SelectConfig.class);
    StreamsSettings streams =
        new StreamsSettings(config.applicationId(), config.instance(), config.stateDir());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    SelectionView view = new SelectionView(config.rules().limits());
    observability.serve("/v1/selection", view::answer);
    return new StreamsService(
        SelectTopology.of(config, schemas, view, observability.metrics()),
        streams.toProperties(settings.kafka()),
        ReadProgress.of(config.applicationId(), settings.kafka()),
        Parking.of(schemas, Topics.RETRAINING_CANDIDATES, Topics.DRIFT),
        observability);
  }
}
