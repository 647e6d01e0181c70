package dev.skerry.service.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate that a process shows to Kafka, as its file is now. Thread-safe. */
public final class OwnCertificate {

  private static final Logger log = LoggerFactory.getLogger(OwnCertificate.class);
  private static final ConfigDef SSL = new ConfigDef().withClientSslSupport();

  private final RotatingSslEngineFactory stores;

  private OwnCertificate(RotatingSslEngineFactory stores) {
    this.stores = stores;
  }

  /**
   * That of these settings of Kafka's clients; empty where they name none that can be used, which
   * the clients themselves will say.
   */
  public static Optional<OwnCertificate> of(Map<String, ?> settings) {
    if (settings.get(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG) == null) {
      return Optional.empty();
    }
    RotatingSslEngineFactory stores = new RotatingSslEngineFactory();
    try {
      stores.configure(SSL.parse(settings));
      return Optional.of(new OwnCertificate(stores));
    } catch (KafkaException e) {
      log.debug("The certificate for Kafka cannot be read", e);
      return Optional.empty();
    }
  }

  /** Shows when it runs out. */
  public void bindTo(MeterRegistry registry) {
    bindTo(registry, Tags.empty());
  }

  /** The same for one of several, which the tags tell apart. */
  public void bindTo(MeterRegistry registry, Tags tags) {
    Gauge.builder("skerry.tls.expiry.timestamp.seconds", this::expirySeconds)
        .description("When the certificate that Kafka's clients show runs out, in Unix time")
        .tags(tags)
        .register(registry);
  }

  private double expirySeconds() {
    return notAfter().map(Instant::getEpochSecond).map(Long::doubleValue).orElse(Double.NaN);
  }

  /** When it runs out. */
  public Optional<Instant> notAfter() {
    return certificate().map(own -> own.getNotAfter().toInstant());
  }

  /** The name that brokers know the process by. */
  public Optional<String> commonName() {
    return certificate().flatMap(own -> commonName(own.getSubjectX500Principal().getName()));
  }

  private static Optional<String> commonName(String subject) {
    try {
      return new LdapName(subject)
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(String::valueOf)
              .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty(); // The subject is no name at all.
    }
  }

  private Optional<X509Certificate> certificate() {
    KeyStore store = stores.keystore();
    if (store == null) {
      return Optional.empty();
    }
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate own) {
          return Optional.of(own);
        }
      }
      return Optional.empty();
    } catch (KeyStoreException e) {
      throw new IllegalStateException("Kafka did not load the key store", e);
    }
  }
}
