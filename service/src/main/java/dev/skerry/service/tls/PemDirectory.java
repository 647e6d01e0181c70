package dev.skerry.service.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.InvalidConfigurationException;

/**
 * Settings of Kafka's TLS in which a store is a directory, as a Secret of Kubernetes is mounted:
 * the key and its certificate in two files, authorities in as many as there are. Kafka itself wants
 * one file for each.
 */
final class PemDirectory {

  /** As Strimzi's user operator calls them, and as Kubernetes and cert-manager do. */
  private static final List<String> NAMES = List.of("user", "tls");

  private static final String CERTIFICATE = ".crt";
  private static final String KEY = ".key";
  private static final String PEM = "PEM";

  private PemDirectory() {}

  /**
   * The settings with what is in the directories in their place; as they are where they name none.
   *
   * @throws InvalidConfigurationException for a directory without what is looked for
   */
  static Map<String, ?> read(Map<String, ?> settings) {
    Map<String, Object> read = new HashMap<>(settings);
    directory(settings, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG).ifPresent(own -> show(own, read));
    directory(settings, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
        .ifPresent(trusted -> trust(trusted, read));
    return read;
  }

  private static Optional<Path> directory(Map<String, ?> settings, String key) {
    return settings.get(key) instanceof String location
        ? Optional.of(Path.of(location)).filter(Files::isDirectory)
        : Optional.empty();
  }

  private static void show(Path own, Map<String, Object> settings) {
    String name = name(own);
    settings.remove(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);
    settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
    settings.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, text(own.resolve(name + KEY)));
    settings.put(
        SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, text(own.resolve(name + CERTIFICATE)));
  }

  private static void trust(Path trusted, Map<String, Object> settings) {
    settings.remove(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);
    settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
    settings.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, authorities(trusted));
  }

  private static String name(Path directory) {
    return NAMES.stream()
        .filter(name -> Files.exists(directory.resolve(name + KEY)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidConfigurationException(
                    "The directory "
                        + directory
                        + " holds no key: put user.key and user.crt there, or tls.key and tls.crt"));
  }

  /** While an authority is renewed there are two: the new one, and that of before. */
  private static Password authorities(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> certificates =
          files.filter(file -> file.toString().endsWith(CERTIFICATE)).sorted().toList();
      if (certificates.isEmpty()) {
        throw new InvalidConfigurationException(
            "The directory " + directory + " holds no authority: put its ca.crt there");
      }
      return new Password(
          certificates.stream()
              .map(file -> text(file).value())
              .collect(Collectors.joining(System.lineSeparator())));
    } catch (IOException e) {
      throw new InvalidConfigurationException("The directory " + directory + " cannot be read", e);
    }
  }

  private static Password text(Path file) {
    try {
      return new Password(Files.readString(file));
    } catch (IOException e) {
      throw new InvalidConfigurationException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
