package dev.skerry.console.read;

import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Clients of a site's broker, or of the cloud's with some settings of its own. They read what was
 * committed, in no group, and keep little in memory. Immutable.
 *
 * @param settings of the site's broker
 * @param others where another broker is meant: its address, and what else it wants
 */
public record Clusters(KafkaSettings settings, Map<String, String> others) {

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

  /** Copies what is other. */
  public Clusters {
    others = Map.copyOf(others);
  }

  /**
   * Another broker than the site's.
   *
   * @param clientFile settings of a client that it wants besides; empty for the same as the site's
   * @throws ConfigException where the file cannot be read
   */
  public static Clusters other(
      KafkaSettings settings, String bootstrapServers, Optional<Path> clientFile) {
    Map<String, String> others = new HashMap<>();
    clientFile.ifPresent(file -> others.putAll(read(file)));
    others.put("bootstrap.servers", bootstrapServers);
    return new Clusters(settings, others);
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("console.cloud-client " + file + " cannot be read: " + e, e);
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(n -> read.put(n, properties.getProperty(n)));
    return read;
  }

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
    addressed.putAll(others);
    return addressed;
  }
}
