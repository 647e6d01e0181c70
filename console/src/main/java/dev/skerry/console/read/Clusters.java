package dev.skerry.console.read;

import dev.skerry.service.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Clients of a site's broker, or of the cloud's with the same settings and another address. They
 * read what was committed, in no group, and keep little in memory. Immutable.
 *
 * @param settings of the site's broker
 * @param bootstrapServers of the broker, where it is another
 */
public record Clusters(KafkaSettings settings, Optional<String> bootstrapServers) {

  private static final String TIMEOUT_MILLIS = "5000";

  private static final Map<String, Object> CONSUMER =
      Map.of(
          "client.id",
          "skerry-console",
          "auto.offset.reset",
          "latest",
          "max.poll.records",
          "2000",
          "fetch.max.bytes",
          Integer.toString(4 << 20),
          "max.partition.fetch.bytes",
          Integer.toString(512 << 10),
          "fetch.max.wait.ms",
          "100",
          "request.timeout.ms",
          TIMEOUT_MILLIS,
          "default.api.timeout.ms",
          TIMEOUT_MILLIS);

  private static final Map<String, Object> FIXED =
      Map.of("isolation.level", "read_committed", "enable.auto.commit", "false");

  /** The caller closes it; it belongs to one thread. */
  public KafkaConsumer<byte[], byte[]> newConsumer() {
    return new KafkaConsumer<>(
        addressed(settings.consumer(CONSUMER, FIXED)),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The caller closes it. */
  public Admin newAdmin() {
    return Admin.create(
        addressed(
            settings.admin(
                Map.of(
                    "client.id", "skerry-console",
                    "request.timeout.ms", TIMEOUT_MILLIS,
                    "default.api.timeout.ms", TIMEOUT_MILLIS))));
  }

  private Map<String, Object> addressed(Map<String, Object> config) {
    Map<String, Object> addressed = new HashMap<>(config);
    bootstrapServers.ifPresent(servers -> addressed.put("bootstrap.servers", servers));
    return addressed;
  }
}
