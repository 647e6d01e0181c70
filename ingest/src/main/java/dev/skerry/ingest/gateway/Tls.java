package dev.skerry.ingest.gateway;

import dev.skerry.service.ConfigException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The gateway's TLS: 1.2 and 1.3 with forward secrecy and authenticated encryption, or none. */
final class Tls {

  private static final List<String> SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

  /**
   * Curves alone: a stranger could ask for 8192 bits over a finite field, which cost the server
   * more than the stranger. Java 17 can be told for a whole process only, before its first
   * handshake.
   */
  private static final String GROUPS = "x25519,secp256r1,secp384r1,x448,secp521r1";

  static {
    if (System.getProperty("jdk.tls.namedGroups") == null) {
      System.setProperty("jdk.tls.namedGroups", GROUPS);
    }
  }

  private final GatewayConfig.TlsConfig config;
  private List<FileTime> seen;

  Tls(GatewayConfig.TlsConfig config) {
    this.config = config;
    this.seen = modified();
  }

  /** Whether clients must use it. */
  boolean isOn() {
    return config.certificate().isPresent();
  }

  /**
   * Throws {@link ConfigException} for files that cannot be used, by their keys.
   *
   * @param vertx reads them
   */
  void check(Vertx vertx) {
    if (isOn()) {
      try {
        keyAndCertificate().getKeyManagerFactory(vertx);
      } catch (Exception e) {
        throw new ConfigException(
            "gateway.tls.certificate and gateway.tls.key cannot be used together: " + root(e), e);
      }
    }
    if (config.clientCa().isPresent()) {
      try {
        clientCa().getTrustManagerFactory(vertx);
      } catch (Exception e) {
        throw new ConfigException("gateway.tls.client-ca cannot be used: " + root(e), e);
      }
    }
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  /** The same options with certificates, where there are any. */
  <T extends NetServerOptions> T secure(T options) {
    if (!isOn()) {
      return options;
    }
    options
        .setSsl(true)
        .setKeyCertOptions(keyAndCertificate())
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
    SUITES.forEach(options::addEnabledCipherSuite);
    if (config.clientCa().isPresent()) {
      options.setTrustOptions(clientCa());
      options.setClientAuth(
          config.clientCertificateRequired() ? ClientAuth.REQUIRED : ClientAuth.REQUEST);
    }
    return options;
  }

  /** Shows when the certificate that devices see runs out. */
  void bindTo(MeterRegistry registry) {
    config
        .certificate()
        .ifPresent(
            file ->
                Gauge.builder(
                        "skerry.ingest.tls.expiry.timestamp.seconds", file, Tls::expirySeconds)
                    .description(
                        "When the certificate that the gateway shows to devices runs out, in Unix"
                            + " time")
                    .register(registry));
  }

  /** As the file is now; not a number while it cannot be read. */
  private static double expirySeconds(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Certificate first = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return first instanceof X509Certificate own
          ? own.getNotAfter().toInstant().getEpochSecond()
          : Double.NaN;
    } catch (IOException | CertificateException e) {
      return Double.NaN;
    }
  }

  private PemKeyCertOptions keyAndCertificate() {
    return new PemKeyCertOptions()
        .setCertPath(config.certificate().map(Path::toString).orElseThrow())
        .setKeyPath(config.key().map(Path::toString).orElseThrow());
  }

  private PemTrustOptions clientCa() {
    return new PemTrustOptions().addCertPath(config.clientCa().map(Path::toString).orElseThrow());
  }

  /** Whether one of the files changed since this was asked last. By one thread. */
  boolean hasChanged() {
    List<FileTime> now = modified();
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  private List<FileTime> modified() {
    List<FileTime> times = new ArrayList<>();
    Stream.of(config.certificate(), config.key(), config.clientCa())
        .flatMap(Optional::stream)
        .forEach(
            file -> {
              try {
                times.add(Files.getLastModifiedTime(file));
              } catch (IOException e) {
                times.add(FileTime.fromMillis(0)); // Using it says what is wrong.
              }
            });
    return times;
  }
}
