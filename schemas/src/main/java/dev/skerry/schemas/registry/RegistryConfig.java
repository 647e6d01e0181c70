package dev.skerry.schemas.registry;

import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.ValidString.in;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * How a registry is reached, from settings with Confluent's names. Immutable.
 *
 * @param endpoints in the order in which they are tried
 * @param tls for https; empty for the JVM's own trust
 * @param connectTimeout for a connection to be made
 * @param readTimeout for a whole answer, from the request on
 * @param backoff how long one that failed is left alone, at first; doubles while it keeps failing
 * @param maxBackoff where the doubling ends
 * @param cacheSize the most answers of a kind that are remembered
 * @param missingTtl how long it is remembered that the registry does not know something
 */
public record RegistryConfig(
    List<Endpoint> endpoints,
    Optional<SSLContext> tls,
    Duration connectTimeout,
    Duration readTimeout,
    Duration backoff,
    Duration maxBackoff,
    int cacheSize,
    Duration missingTtl) {

  /** Base URLs, several with commas between; the others take over where one fails. */
  public static final String URL = "schema.registry.url";

  static final String BASIC_SOURCE = "basic.auth.credentials.source";
  static final String BASIC_USER_INFO = "basic.auth.user.info";
  static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  static final String BEARER_TOKEN = "bearer.auth.token";

  private static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              URL,
              ConfigDef.Type.LIST,
              "",
              ConfigDef.ValidList.anyNonDuplicateValues(true, false),
              Importance.HIGH,
              "base URLs of the registry, several with commas between; without one, the catalogue alone")
          .define(
              BASIC_SOURCE,
              ConfigDef.Type.STRING,
              "URL",
              in("URL", "USER_INFO"),
              Importance.MEDIUM,
              "where user and password are: in each URL, or in `basic.auth.user.info`")
          .define(
              BASIC_USER_INFO,
              ConfigDef.Type.PASSWORD,
              "",
              Importance.MEDIUM,
              "`user:password`, for USER_INFO")
          .define(
              BEARER_SOURCE,
              ConfigDef.Type.STRING,
              "",
              in("", "STATIC_TOKEN"),
              Importance.MEDIUM,
              "`STATIC_TOKEN` to send `bearer.auth.token`")
          .define(BEARER_TOKEN, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "the token")
          .define(
              "http.connect.timeout.ms",
              ConfigDef.Type.INT,
              2000,
              atLeast(1),
              Importance.LOW,
              "for a connection to be made")
          .define(
              "http.read.timeout.ms",
              ConfigDef.Type.INT,
              2000,
              atLeast(1),
              Importance.LOW,
              "for a whole answer, from the request on")
          .define(
              "retries.wait.ms",
              ConfigDef.Type.INT,
              1000,
              atLeast(1),
              Importance.LOW,
              "how long a URL that failed is left alone; doubles while it keeps failing")
          .define(
              "retries.max.wait.ms",
              ConfigDef.Type.INT,
              20_000,
              atLeast(1),
              Importance.LOW,
              "where the doubling ends")
          .define(
              "max.schemas.per.subject",
              ConfigDef.Type.INT,
              1000,
              atLeast(1),
              Importance.LOW,
              "the most answers of a kind that are remembered, over all subjects")
          .define(
              "missing.id.cache.ttl.sec",
              ConfigDef.Type.LONG,
              60L,
              atLeast(0),
              Importance.LOW,
              "how long it is remembered that the registry does not know something");

  private static final Set<String> NAMES =
      Stream.concat(DEFINITION.names().stream(), RegistryTls.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Checks the endpoints. */
  public RegistryConfig {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * The registry that the settings name; empty where they name none. Other settings are left alone,
   * as Kafka's clients do.
   *
   * @throws ConfigException for a value that cannot be, by the setting's name
   */
  public static Optional<RegistryConfig> of(Map<String, ?> settings) {
    Map<String, Object> values = DEFINITION.parse(settings);
    List<?> urls = (List<?>) value(values, URL);
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    List<Endpoint> endpoints =
        urls.stream().map(url -> authorized(Endpoint.of(url.toString()), values)).toList();
    return Optional.of(
        new RegistryConfig(
            endpoints,
            RegistryTls.context(settings),
            millis(values, "http.connect.timeout.ms"),
            millis(values, "http.read.timeout.ms"),
            millis(values, "retries.wait.ms"),
            millis(values, "retries.max.wait.ms"),
            (int) value(values, "max.schemas.per.subject"),
            Duration.ofSeconds((long) value(values, "missing.id.cache.ttl.sec"))));
  }

  /** The names of all settings that are read here. */
  public static Set<String> names() {
    return NAMES;
  }

  /** The settings' names, defaults and meanings, as rows of a Markdown table. */
  public static List<String> reference() {
    return DEFINITION.configKeys().values().stream()
        .map(key -> "| `%s` | %s | %s |".formatted(key.name, shown(key), key.documentation))
        .sorted()
        .toList();
  }

  private static String shown(ConfigDef.ConfigKey key) {
    Object value = key.defaultValue;
    boolean none =
        value == null
            || value == NO_DEFAULT_VALUE
            || value.equals("")
            || value.equals(List.of())
            || value instanceof Password;
    return none ? "none" : "`" + value + "`";
  }

  private static Endpoint authorized(Endpoint endpoint, Map<String, Object> values) {
    if (value(values, BASIC_SOURCE).equals("USER_INFO")) {
      return endpoint.withAuthorization(Endpoint.basic(secret(values, BASIC_USER_INFO)));
    }
    if (value(values, BEARER_SOURCE).equals("STATIC_TOKEN")) {
      return endpoint.withAuthorization("Bearer " + secret(values, BEARER_TOKEN));
    }
    return endpoint;
  }

  private static String secret(Map<String, Object> values, String name) {
    String secret = ((Password) value(values, name)).value();
    if (secret.isBlank()) {
      throw new ConfigException(name + " is not set, and the credentials are to be taken from it");
    }
    return secret;
  }

  private static Object value(Map<String, Object> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static Duration millis(Map<String, Object> values, String name) {
    return Duration.ofMillis((int) value(values, name));
  }
}
