package dev.skerry.service.tls;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own TLS, whose key store and trust store are read again when their files change:
 * connections from then on show and trust what is new, those that are open go on. Files that cannot
 * be used are logged, and what was read before stays in use. A store may be a directory: {@code
 * user.key} and {@code user.crt}, or {@code tls.key} and {@code tls.crt}; all {@code .crt} of a
 * trust store.
 *
 * <p>Every client of a service has it where {@code kafka.security.protocol} asks for TLS; a broker
 * may have it too. Thread-safe.
 */
public final class RotatingSslEngineFactory implements SslEngineFactory {

  private static final Logger log = LoggerFactory.getLogger(RotatingSslEngineFactory.class);
  private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private Map<String, ?> settings = Map.of();
  private List<Path> files = List.of();
  private FileStamps seen = new FileStamps(List.of());
  private long lookedNanos;
  private DefaultSslEngineFactory current = new DefaultSslEngineFactory();

  @Override
  public synchronized void configure(Map<String, ?> configs) {
    settings = configs;
    files =
        Stream.of(
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)
            .map(configs::get)
            .filter(String.class::isInstance)
            .map(file -> Path.of((String) file))
            .toList();
    lookedNanos = System.nanoTime();
    seen = FileStamps.of(files);
    current = read();
  }

  private DefaultSslEngineFactory read() {
    DefaultSslEngineFactory factory = new DefaultSslEngineFactory();
    factory.configure(PemDirectory.read(settings));
    return factory;
  }

  /** What the files say now; looks at most once a second. */
  private synchronized DefaultSslEngineFactory current() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_EVERY_NANOS) {
      lookedNanos = now;
      FileStamps stamps = FileStamps.of(files); // Before they are read: a later change is seen.
      if (!stamps.equals(seen)) {
        seen = stamps;
        readAgain();
      }
    }
    return current;
  }

  private void readAgain() {
    try {
      current = read();
      log.info("Certificates were read again: {}", files);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      log.error(
          "{} cannot be used ({}); the certificates of before stay in use",
          files,
          reason.getMessage());
    }
  }

  @Override
  public SSLEngine createClientSslEngine(
      String peerHost, int peerPort, String endpointIdentification) {
    return current().createClientSslEngine(peerHost, peerPort, endpointIdentification);
  }

  @Override
  public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    return current().createServerSslEngine(peerHost, peerPort);
  }

  @Override
  public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return current().shouldBeRebuilt(nextConfigs);
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return current().reconfigurableConfigs();
  }

  @Override
  public @Nullable KeyStore keystore() {
    return current().keystore();
  }

  @Override
  public @Nullable KeyStore truststore() {
    return current().truststore();
  }

  @Override
  public synchronized void close() {
    current.close();
  }
}
