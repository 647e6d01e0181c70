package dev.skerry.service;

import dev.skerry.schemas.registry.RegistryConfig;
import dev.skerry.schemas.serde.WriterSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Settings of the Kafka clients, passed through untouched: {@code kafka.X} to every client that
 * knows X, {@code kafka.consumer.X}, {@code kafka.producer.X}, {@code kafka.admin.X} and {@code
 * kafka.streams.X} to that one alone. The serde counts as a client that knows the settings of a
 * schema registry. A setting that no client knows stops the start. Immutable.
 */
public final class KafkaSettings {

  static final List<String> SECTIONS = List.of("", "consumer", "producer", "admin", "streams");

  private final Map<String, String> all;

  KafkaSettings(Map<String, String> all) {
    this.all = Map.copyOf(all);
    if (!all.containsKey("bootstrap.servers")) {
      throw new ConfigException(
          "kafka.bootstrap.servers is not set; give it as host:port[,host:port]");
    }
    all.keySet().forEach(KafkaSettings::requireKnown);
  }

  /**
   * A consumer's settings.
   *
   * @param defaults what the user may change
   * @param fixed what the part's guarantee rests on: to set any of these otherwise is refused
   */
  public Map<String, Object> consumer(Map<String, ?> defaults, Map<String, ?> fixed) {
    return merge("consumer", ConsumerConfig.configNames(), defaults, fixed);
  }

  /** A producer's settings; see {@link #consumer}. */
  public Map<String, Object> producer(Map<String, ?> defaults, Map<String, ?> fixed) {
    return merge("producer", ProducerConfig.configNames(), defaults, fixed);
  }

  /** An admin client's settings; see {@link #consumer}. */
  public Map<String, Object> admin(Map<String, ?> defaults) {
    return merge("admin", AdminClientConfig.configNames(), defaults, Map.of());
  }

  /**
   * A Kafka Streams application's settings; see {@link #consumer}. Common settings and those under
   * {@code kafka.streams.} are handed over as they are, so that Streams' own prefixes work.
   */
  public Map<String, Object> streams(Map<String, ?> defaults, Map<String, ?> fixed) {
    Set<String> common = new java.util.HashSet<>(ConsumerConfig.configNames());
    common.addAll(ProducerConfig.configNames());
    common.addAll(AdminClientConfig.configNames());
    return merge("streams", common, defaults, fixed);
  }

  /**
   * The schemas that records are read with: the catalogue, and the registry that {@code
   * kafka.schema.registry.url} names, if it does. One is enough for a process.
   */
  public WriterSchemas writerSchemas() {
    Map<String, String> registry = new HashMap<>(all);
    registry.keySet().retainAll(RegistryConfig.names());
    try {
      return WriterSchemas.of(registry);
    } catch (org.apache.kafka.common.config.ConfigException e) {
      throw new ConfigException("A setting under kafka. is wrong: " + e.getMessage(), e);
    }
  }

  private Map<String, Object> merge(
      String section, Set<String> known, Map<String, ?> defaults, Map<String, ?> fixed) {
    Map<String, Object> merged = new HashMap<>(defaults);
    all.forEach(
        (key, value) -> {
          if (section(key).isEmpty() && known.contains(key)) {
            merged.put(key, value);
          }
        });
    all.forEach(
        (key, value) -> {
          if (section(key).equals(section)) {
            merged.put(key.substring(section.length() + 1), value);
          }
        });
    fixed.forEach((key, value) -> fix(section, merged, key, value));
    return merged;
  }

  private static void fix(String section, Map<String, Object> merged, String key, Object value) {
    Object chosen = merged.put(key, value);
    if (chosen != null && !chosen.toString().equals(value.toString())) {
      throw new ConfigException(
          "kafka."
              + section
              + "."
              + key
              + " is fixed to "
              + value
              + " here, not "
              + chosen
              + "; leave it out");
    }
  }

  private static void requireKnown(String key) {
    String section = section(key);
    String name = section.isEmpty() ? key : key.substring(section.length() + 1);
    boolean known =
        switch (section) {
          case "consumer" -> ConsumerConfig.configNames().contains(name);
          case "producer" -> ProducerConfig.configNames().contains(name);
          case "admin" -> AdminClientConfig.configNames().contains(name);
          case "streams" -> true; // Streams checks its own, prefixes and all.
          default ->
              ConsumerConfig.configNames().contains(name)
                  || ProducerConfig.configNames().contains(name)
                  || AdminClientConfig.configNames().contains(name)
                  || RegistryConfig.names().contains(name);
        };
    if (!known) {
      throw new ConfigException(
          "kafka."
              + key
              + " is not a setting of Kafka's "
              + (section.isEmpty() ? "clients" : section));
    }
  }

  private static String section(String key) {
    return SECTIONS.stream()
        .filter(section -> !section.isEmpty() && key.startsWith(section + "."))
        .findFirst()
        .orElse("");
  }
}
