package dev.skerry.local.model;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Option;

/** Where releases are published: by default to the cloud of the site on this machine. */
final class BrokerOption {

  private static final String TIMEOUT_MILLIS = "15000";

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The cloud's broker; by default that of the site on this machine.")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "With --bootstrap: settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the site keeps its data (default: .skerry in the current directory).")
  private Path data = Path.of(".skerry");

  SiteFiles files() {
    return new SiteFiles(data);
  }

  Broker cloud() {
    return bootstrap
        .map(at -> Broker.of(at, clientConfig))
        .orElseGet(
            () ->
                SiteStatus.read(files())
                    .filter(status -> status.supervisor().isPresent())
                    .map(SiteStatus::requireCloud)
                    .orElseThrow(
                        () ->
                            new SiteRefusedException(
                                "No site is up in "
                                    + files().root()
                                    + ": start one with ./skerry up, or name a broker with"
                                    + " --bootstrap")));
  }

  /** The caller closes it. */
  KafkaProducer<byte[], byte[]> newProducer() {
    Map<String, Object> settings = cloud().client(Map.of());
    settings.put("acks", "all");
    settings.put("compression.type", "zstd");
    settings.put("max.block.ms", TIMEOUT_MILLIS);
    settings.put("request.timeout.ms", TIMEOUT_MILLIS);
    settings.put("delivery.timeout.ms", "60000");
    settings.put("max.request.size", Integer.toString(Topics.MODELS.maxMessageBytes()));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads a topic of the cloud from its beginning to its end. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    try (TopicReader topics = new TopicReader(cloud())) {
      topics.readToEnd(topics.beginnings(topics.partitions(List.of(topic))), reader);
    }
  }
}
