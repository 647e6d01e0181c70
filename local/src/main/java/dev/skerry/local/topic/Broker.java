package dev.skerry.local.topic;

import dev.skerry.service.ConfigException;
import dev.skerry.service.tls.RotatingSslEngineFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Where a broker is reached, and how. As text it is its address.
 *
 * @param address bootstrap servers
 * @param security settings of a client that it takes, such as certificates; none for a plain one
 */
public record Broker(String address, Map<String, String> security) {

  private static final String PROTOCOL = "security.protocol";

  /** Copies the settings. */
  public Broker {
    security = Map.copyOf(security);
  }

  /** One that takes anybody who reaches it. */
  public static Broker plain(String address) {
    return new Broker(address, Map.of());
  }

  /**
   * One with a client's settings in a file, as Kafka's own tools take it with {@code
   * --command-config}; a plain one without.
   *
   * @throws ConfigException where the file cannot be read
   */
  public static Broker of(String address, Optional<Path> clientFile) {
    Map<String, String> settings = new HashMap<>();
    clientFile.ifPresent(file -> settings.putAll(read(file)));
    return new Broker(address, settings);
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException("The client settings " + file + " cannot be read: " + e, e);
    }
    Map<String, String> settings = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> settings.put(name, properties.getProperty(name)));
    return settings;
  }

  /** The settings of a client: these, and what more is to be said. */
  public Map<String, Object> client(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(client());
    settings.putAll(more);
    return settings;
  }

  /** The settings of a client; certificates are read again when their files change. */
  public Map<String, String> client() {
    Map<String, String> settings = forPeople();
    if (settings.getOrDefault(PROTOCOL, "").endsWith("SSL")) {
      settings.putIfAbsent(
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, RotatingSslEngineFactory.class.getName());
    }
    return settings;
  }

  /** The settings as Kafka's own tools take them, which do not know our classes. */
  public Map<String, String> forPeople() {
    Map<String, String> settings = new HashMap<>(security);
    settings.put("bootstrap.servers", address);
    return settings;
  }

  /** The settings of a service that has this broker. */
  public Map<String, String> ofService() {
    Map<String, String> settings = new HashMap<>();
    forPeople().forEach((key, value) -> settings.put("kafka." + key, value));
    return settings;
  }

  /** A client of its own; the caller closes it. */
  public Admin admin() {
    return Admin.create(client(Map.of()));
  }

  @Override
  public String toString() {
    return address;
  }
}
