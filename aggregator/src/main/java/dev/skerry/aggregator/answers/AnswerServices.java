package dev.skerry.aggregator.answers;

import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Makes the ledger of answers from its settings. */
public final class AnswerServices {

  private AnswerServices() {}

  /**
   * The service, not yet running.
   *
   * @param stateDir the aggregator's; the ledger keeps one file there
   */
  public static Service create(
      String siteId,
      Path stateDir,
      AnswersConfig config,
      Settings settings,
      Observability observability) {
    AnswerService service =
        new AnswerService(
            new AnswerClients(settings.kafka(), config.groups()),
            new AnswerReader(settings.kafka().writerSchemas()),
            new AnswerMetrics(observability.metrics()),
            siteId,
            file(stateDir),
            config.interval(),
            config.reportEvery(),
            Clock.systemUTC());
    observability.health().ready("answers", service::notBegun);
    observability.health().live("answers", service::stalled);
    return service;
  }

  private static Path file(Path stateDir) {
    try {
      return Files.createDirectories(stateDir).resolve("answer-ledger.json");
    } catch (IOException e) {
      throw new ConfigException("The state directory " + stateDir + " cannot be made: " + e, e);
    }
  }
}
