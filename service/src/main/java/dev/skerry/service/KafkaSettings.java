package dev.skerry.service;

import dev.skerry.schemas.registry.RegistryConfig;
import dev.skerry.schemas.seal.InvalidKeyException;
import dev.skerry.schemas.seal.SealingInterceptor;
import dev.skerry.schemas.seal.SiteKey;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.service.tls.RotatingSslEngineFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Settings of the Kafka clients, passed through untouched: {@code kafka.X} to every client that
 * knows X, {@code kafka.consumer.X}, {@code kafka.producer.X}, {@code kafka.admin.X} and {@code
 * kafka.streams.X} to that one alone. The serde counts as a client that knows the settings of a
 * schema registry. A setting that no client knows stops the start. Certificates are read again when
 * their files change. Immutable.
 */
public final class KafkaSettings {

  static final List<String> SECTIONS = List.of("", "consumer", "producer", "admin", "streams");

  private static final String INTERCEPTORS = ProducerConfig.INTERCEPTOR_CLASSES_CONFIG;

  private final Map<String, String> all;
  private final Optional<Path> sealKey;

  KafkaSettings(Map<String, String> all) {
    this(all, Optional.empty());
  }

  /**
   * Of a process that seals what it writes for others beyond the site.
   *
   * @param sealKey the file with the site's key; empty where nothing is sealed
   */
  KafkaSettings(Map<String, String> all, Optional<Path> sealKey) {
    this.all = Map.copyOf(all);
    this.sealKey = sealKey;
    sealKey.ifPresent(KafkaSettings::requireKey);
    if (!all.containsKey("bootstrap.servers")) {
      throw new ConfigException(
          "kafka.bootstrap.servers is not set; give it as host:port[,host:port]");
    }
    all.keySet().forEach(KafkaSettings::requireKnown);
  }

  private static void requireKey(Path file) {
    try {
      SiteKey.read(file);
    } catch (InvalidKeyException e) {
      throw new ConfigException("service.seal-key: " + e.getMessage(), e);
    }
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
    return sealing("", merge("producer", ProducerConfig.configNames(), defaults, fixed));
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
    return sealing("producer.", merge("streams", common, defaults, fixed));
  }

  /** The same with what seals records, after whatever else is to look at them. */
  private Map<String, Object> sealing(String prefix, Map<String, Object> client) {
    if (sealKey.isPresent()) {
      client.merge(
          prefix + INTERCEPTORS,
          SealingInterceptor.class.getName(),
          (others, ours) -> others + "," + ours);
      client.put(prefix + SealingInterceptor.KEY_FILE, sealKey.get().toString());
    }
    return client;
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
    readCertificatesAgain(merged);
    return merged;
  }

  /** Kafka's own reads them once for all: a client that goes on for months must not. */
  private static void readCertificatesAgain(Map<String, Object> client) {
    String protocol = String.valueOf(client.get(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG));
    if (protocol.endsWith("SSL")) {
      client.putIfAbsent(
          SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, RotatingSslEngineFactory.class.getName());
    }
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
