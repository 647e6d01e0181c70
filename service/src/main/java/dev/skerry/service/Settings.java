package dev.skerry.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process's configuration: {@code --set key=value} before environment variables before the file
 * of {@code --config FILE} before defaults. Every key must belong to a mapping or be a Kafka
 * setting under {@code kafka.}; anything else stops the start with a message that names it.
 * Immutable.
 */
public final class Settings {

  private static final String KAFKA = "kafka";
  private static final int FILE_ORDINAL = 200; // Environment variables have 300.
  private static final int ARGUMENT_ORDINAL = 500;

  private final SmallRyeConfig config;
  private final Map<String, String> kafka;

  private Settings(SmallRyeConfig config, Map<String, String> kafka) {
    this.config = config;
    this.kafka = kafka;
  }

  /**
   * Reads the configuration of a process.
   *
   * @param args {@code --config FILE} and {@code --set key=value}, any number of each
   * @param mappings the interfaces that say which keys there are; {@link ServiceConfig} is implied
   * @throws ConfigException for a key or value that cannot be, by name
   */
  public static Settings load(String[] args, Class<?>... mappings) {
    Map<String, String> fromFiles = new HashMap<>();
    Map<String, String> fromArguments = new HashMap<>();
    parse(List.of(args), fromFiles, fromArguments);
    return build(fromFiles, fromArguments, System.getenv(), mappings);
  }

  /** A configuration from these properties and defaults alone, for parts that run in process. */
  public static Settings of(Map<String, String> properties, Class<?>... mappings) {
    return build(Map.of(), properties, Map.of(), mappings);
  }

  /** The configuration as one of the mappings that it was loaded with. */
  public <T> T get(Class<T> mapping) {
    return config.getConfigMapping(mapping);
  }

  /** What every service can be told. */
  public ServiceConfig service() {
    return get(ServiceConfig.class);
  }

  /** The settings under {@code kafka.}. */
  public KafkaSettings kafka() {
    return new KafkaSettings(kafka, service().sealKey());
  }

  /** The same settings, checked by nobody yet; none for a process that gets them otherwise. */
  Map<String, String> kafkaAsGiven() {
    return kafka;
  }

  static Settings build(
      Map<String, String> fromFiles,
      Map<String, String> fromArguments,
      Map<String, String> environment,
      Class<?>... mappings) {
    List<Class<?>> all = new ArrayList<>(Arrays.asList(mappings));
    all.add(ServiceConfig.class);
    List<String> prefixes = all.stream().map(Settings::prefix).toList();
    Stream.concat(fromFiles.keySet().stream(), fromArguments.keySet().stream())
        .forEach(key -> requireKnownPrefix(key, prefixes));

    Map<String, String> fromEnvironment =
        EnvironmentNames.toKeys(environment, all.toArray(Class<?>[]::new));
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new PropertiesConfigSource(fromFiles, "configuration file", FILE_ORDINAL),
                new PropertiesConfigSource(fromEnvironment, "environment", 300),
                new PropertiesConfigSource(fromArguments, "arguments", ARGUMENT_ORDINAL));
    all.forEach(builder::withMapping);
    SmallRyeConfig config = buildOrExplain(builder);
    return new Settings(config, kafkaSettings(config));
  }

  private static SmallRyeConfig buildOrExplain(SmallRyeConfigBuilder builder) {
    try {
      return builder.build();
    } catch (ConfigValidationException e) {
      String problems =
          Stream.iterate(0, i -> i < e.getProblemCount(), i -> i + 1)
              .map(i -> e.getProblem(i).getMessage())
              .collect(Collectors.joining("; "));
      throw new ConfigException("The configuration is wrong: " + problems, e);
    }
  }

  private static Map<String, String> kafkaSettings(SmallRyeConfig config) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(KAFKA + ".")) {
        Optional<String> value = config.getOptionalValue(name, String.class);
        value.ifPresent(v -> settings.put(name.substring(KAFKA.length() + 1), v));
      }
    }
    return settings;
  }

  private static String prefix(Class<?> mapping) {
    return mapping.getAnnotation(ConfigMapping.class).prefix();
  }

  private static void requireKnownPrefix(String key, List<String> prefixes) {
    boolean known =
        key.startsWith(KAFKA + ".")
            || prefixes.stream().anyMatch(prefix -> key.startsWith(prefix + "."));
    if (!known) {
      throw new ConfigException(
          "The key "
              + key
              + " is not known; keys begin with "
              + Stream.concat(prefixes.stream(), Stream.of(KAFKA))
                  .map(prefix -> prefix + ".")
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void parse(
      List<String> args, Map<String, String> fromFiles, Map<String, String> fromArguments) {
    for (int i = 0; i < args.size(); i += 2) {
      String option = args.get(i);
      if (i + 1 == args.size()) {
        throw new ConfigException(
            option + " is followed by nothing; use --config FILE or --set key=value");
      }
      String value = args.get(i + 1);
      switch (option) {
        case "--config" -> fromFiles.putAll(PropertiesFile.read(Path.of(value)));
        case "--set" -> putAssignment(value, fromArguments);
        default ->
            throw new ConfigException(
                "The option " + option + " is not known; use --config FILE or --set key=value");
      }
    }
  }

  private static void putAssignment(String assignment, Map<String, String> target) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new ConfigException("--set takes key=value, not " + assignment);
    }
    target.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  /** Java properties, read whole. */
  private static final class PropertiesFile {
    private PropertiesFile() {}

    static Map<String, String> read(Path file) {
      java.util.Properties properties = new java.util.Properties();
      try (var reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw new ConfigException("The configuration file " + file + " cannot be read: " + e, e);
      }
      Map<String, String> read = new HashMap<>();
      properties.stringPropertyNames().forEach(n -> read.put(n, properties.getProperty(n)));
      return read;
    }
  }
}
