package dev.skerry.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * Kafka's own TLS settings under {@value #PREFIX}: stores as JKS, PKCS12 or PEM. The host's name is
 * always checked.
 */
final class RegistryTls {

  static final String PREFIX = "schema.registry.";

  private static final ConfigDef DEFINITION = new ConfigDef().withClientSslSupport();

  static final Set<String> NAMES =
      DEFINITION.names().stream()
          .map(name -> PREFIX + name)
          .collect(Collectors.toUnmodifiableSet());

  private RegistryTls() {}

  /** Empty where nothing is set: the JVM's own trust does. */
  static Optional<SSLContext> context(Map<String, ?> settings) {
    Map<String, Object> ssl = new HashMap<>();
    settings.forEach(
        (name, value) -> {
          if (value != null && NAMES.contains(name)) {
            ssl.put(name.substring(PREFIX.length()), value);
          }
        });
    return ssl.isEmpty() ? Optional.empty() : Optional.of(context(ssl, parse(ssl)));
  }

  private static Map<String, Object> parse(Map<String, Object> ssl) {
    Object check = ssl.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
    if (check != null && !check.toString().equalsIgnoreCase("https")) {
      throw new ConfigException(
          PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
          check,
          "the registry's host name is always checked; leave it out");
    }
    return DEFINITION.parse(ssl);
  }

  private static String reason(RuntimeException e) {
    return e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
  }

  private static SSLContext context(Map<String, Object> given, Map<String, Object> parsed) {
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(parsed);
      return factory.sslContext();
    } catch (RuntimeException e) {
      String names =
          given.keySet().stream()
              .sorted()
              .map(name -> PREFIX + name)
              .collect(Collectors.joining(", "));
      throw new ConfigException(
          "The registry's TLS cannot be set up: " + reason(e) + " (" + names + ")");
    }
  }
}
