package dev.skerry.aggregator.ledger;

import static org.apache.kafka.streams.StreamsConfig.topicPrefix;

import dev.skerry.aggregator.seal.Seals;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import dev.skerry.service.streams.Parking;
import dev.skerry.service.streams.ReadProgress;
import dev.skerry.service.streams.StreamsService;
import dev.skerry.service.streams.StreamsSettings;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.Topology;

/** Makes the ledger of one side, a Streams application of its own beside the aggregator's. */
public final class LedgerService {

  private LedgerService() {}

  /**
   * The service, not yet running.
   *
   * @param streams the aggregator's; the ledger's application is named after it
   * @param siteId the site at which it runs
   * @param seals which records are their sites' own
   */
  public static Service create(
      StreamsSettings streams,
      Side side,
      String siteId,
      LedgerConfig config,
      Seals seals,
      Settings settings,
      Observability observability) {
    LedgerRules rules = LedgerRules.of(side, siteId, config);
    StreamsSettings own =
        new StreamsSettings(
            streams.applicationId() + "-ledger", streams.instance(), streams.stateDir());
    ReadProgress progress = ReadProgress.of(own.applicationId(), settings.kafka());
    WriterSchemas schemas = settings.kafka().writerSchemas();
    Topology topology =
        LedgerTopology.of(rules, schemas, seals, progress::isFullyRead, observability.metrics());
    return new StreamsService(
        topology,
        properties(own, settings),
        progress,
        Parking.of(schemas, input(side)),
        observability);
  }

  private static Properties properties(StreamsSettings own, Settings settings) {
    Properties properties = own.toProperties(settings.kafka());
    // Changelogs carry the records' own times, and the clock of a site may be ahead of the cloud's.
    properties.put(
        topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    return properties;
  }

  private static Topic[] input(Side side) {
    Stream<Topic> pages = side == Side.CLOUD ? Stream.of(Topics.LEDGER) : Stream.empty();
    return Stream.concat(Topics.ledgered().stream(), pages).toArray(Topic[]::new);
  }
}
