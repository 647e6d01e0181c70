package dev.skerry.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs one node as a process: {@code KafkaNodeMain --config FILE}.
 *
 * <p>The file is a properties file with {@code broker.data.dir}, {@code broker.host}, {@code
 * broker.port}, {@code broker.controller.port}, further listeners as {@code
 * broker.listener.NAME.port} with {@code broker.listener.NAME.advertised} (such as the address of a
 * proxy in front of it), {@code broker.tls.key-store}, {@code broker.tls.trust-store} and {@code
 * broker.super-users} (see {@link NodeSecurity}), and Kafka's own settings under {@code kafka.}.
 * The exit code is 0 after a stop by SIGTERM, 1 after a crash and 2 for a wrong configuration, a
 * taken port included.
 */
public final class KafkaNodeMain {

  private static final String KAFKA_PREFIX = "kafka.";
  private static final Pattern LISTENER_PORT =
      Pattern.compile("broker\\.listener\\.([A-Z]+)\\.port");

  private KafkaNodeMain() {}

  /** Starts the node and blocks until the JVM is told to stop. */
  @SuppressWarnings("SystemOut") // The last word of a process that cannot start.
  public static void main(String[] args) {
    try {
      run(settings(args));
    } catch (IllegalArgumentException | PortTakenException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    } catch (KafkaNodeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(KafkaNode.Settings settings) {
    KafkaNode node = KafkaNode.start(settings);
    HaltGuard.remove();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop-node"));
    node.awaitStop();
  }

  private static KafkaNode.Settings settings(String[] args) {
    if (args.length != 2 || !args[0].equals("--config")) {
      throw new IllegalArgumentException("Usage: KafkaNodeMain --config FILE");
    }
    return settings(read(Path.of(args[1])), args[1]);
  }

  static KafkaNode.Settings settings(Properties properties, String file) {
    Map<String, String> rest = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> rest.put(key, properties.getProperty(key)));
    String dataDir = rest.remove("broker.data.dir");
    if (dataDir == null) {
      throw new IllegalArgumentException(file + ": broker.data.dir is missing; name a directory");
    }
    String host = rest.remove("broker.host");
    KafkaNode.Settings settings =
        KafkaNode.Settings.of(Path.of(dataDir))
            .withHost(host == null ? "127.0.0.1" : host)
            .withPort(port("broker.port", rest.remove("broker.port"), file))
            .withControllerPort(
                port("broker.controller.port", rest.remove("broker.controller.port"), file));
    settings = withListeners(withSecurity(settings, rest, file), rest, file);
    Map<String, String> kafka = new HashMap<>();
    rest.forEach((key, value) -> kafka.put(kafkaKey(key, file), value));
    return settings.withProperties(kafka);
  }

  private static KafkaNode.Settings withSecurity(
      KafkaNode.Settings settings, Map<String, String> rest, String file) {
    String keyStore = rest.remove("broker.tls.key-store");
    String trustStore = rest.remove("broker.tls.trust-store");
    String superUsers = rest.remove("broker.super-users");
    if (keyStore == null && trustStore == null && superUsers == null) {
      return settings;
    }
    if (keyStore == null || trustStore == null || superUsers == null) {
      throw new IllegalArgumentException(
          file
              + ": broker.tls.key-store, broker.tls.trust-store and broker.super-users belong"
              + " together; set all three or none");
    }
    return settings.withSecurity(
        new NodeSecurity(Path.of(keyStore), Path.of(trustStore), List.of(superUsers.split(";"))));
  }

  /** Takes the keys of further listeners out of the rest. */
  private static KafkaNode.Settings withListeners(
      KafkaNode.Settings settings, Map<String, String> rest, String file) {
    KafkaNode.Settings with = settings;
    for (String key : List.copyOf(rest.keySet())) {
      Matcher listener = LISTENER_PORT.matcher(key);
      if (listener.matches()) {
        String advertisedKey = "broker.listener." + listener.group(1) + ".advertised";
        String advertised = rest.remove(advertisedKey);
        if (advertised == null) {
          throw new IllegalArgumentException(
              file + ": " + advertisedKey + " is missing; say where clients find " + key);
        }
        with = with.withListener(listener.group(1), port(key, rest.remove(key), file), advertised);
      }
    }
    return with;
  }

  private static String kafkaKey(String key, String file) {
    if (!key.startsWith(KAFKA_PREFIX)) {
      throw new IllegalArgumentException(
          file + ": unknown key " + key + "; Kafka's own settings stand under kafka.");
    }
    return key.substring(KAFKA_PREFIX.length());
  }

  private static int port(String key, @Nullable String text, String file) {
    try {
      return text == null ? 0 : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(file + ": " + key + " is not a number: " + text, e);
    }
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
