package dev.skerry.aggregator.drift;

import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.Parking;
import dev.skerry.service.streams.ReadProgress;
import dev.skerry.service.streams.StreamsService;
import dev.skerry.service.streams.StreamsSettings;
import java.nio.file.Path;
import java.util.List;

/** Makes the watch over drift from its settings. */
public final class DriftService {

  private DriftService() {}

  /**
   * The service, not yet running.
   *
   * @param streams of the aggregator that it belongs to; its own application is named after it
   * @param models files, or directories of {@code .onnx} files
   */
  public static Service create(
      StreamsSettings streams,
      List<Path> models,
      DriftRules rules,
      Settings settings,
      Observability observability) {
    StreamsSettings own =
        new StreamsSettings(
            streams.applicationId() + "-drift",
            streams.instance(),
            streams.stateDir().resolve("drift"));
    ReadProgress progress = ReadProgress.of(own.applicationId(), settings.kafka());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    return new StreamsService(
        DriftTopology.of(
            rules, new References(models), schemas, progress::isFullyRead, observability.metrics()),
        own.toProperties(settings.kafka()),
        progress,
        Parking.of(schemas, Topics.DETECTIONS),
        observability);
  }
}
