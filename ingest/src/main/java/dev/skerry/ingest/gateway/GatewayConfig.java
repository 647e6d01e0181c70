package dev.skerry.ingest.gateway;

import dev.skerry.ingest.answers.AnswersConfig;
import dev.skerry.ingest.devices.Strictness;
import dev.skerry.ingest.http.HttpConfig;
import dev.skerry.ingest.mqtt.MqttConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What the gateway can be told, under the prefix {@code gateway}. */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {

  /** The site whose devices send here; it is written to every record. */
  String siteId();

  /** The file that says which devices and streams the site has; read again when it changes. */
  Optional<Path> devices();

  /** What becomes of messages against the rules of that file. */
  @WithDefault("enforce")
  Strictness strictness();

  /** Whether clients on this machine may send without saying who they are. */
  @WithDefault("false")
  boolean anonymousOnLoopback();

  /** Bytes of messages that may wait for Kafka, 1 MiB to 1 GiB. */
  @WithDefault("33554432")
  long maxPendingBytes();

  /** Messages whose resends are recognised, 1000 and up; about 300 bytes of memory each. */
  @WithDefault("100000")
  int windowRecords();

  /** Threads that serve connections, 1 to 64. */
  @WithDefault("2")
  int eventLoops();

  /** The listener for HTTP. */
  HttpConfig http();

  /** The listener for MQTT. */
  MqttConfig mqtt();

  /** Detections back to devices and to webhooks. */
  AnswersConfig answers();

  /** Certificates, for HTTP and MQTT alike. */
  TlsConfig tls();

  /** The keys under {@code gateway.tls}. */
  interface TlsConfig {

    /** The server's certificate chain, PEM; with it, clients must use TLS. */
    Optional<Path> certificate();

    /** The server's private key, PEM. */
    Optional<Path> key();

    /** Certificates of those who sign the devices' certificates, PEM. */
    Optional<Path> clientCa();

    /** Whether a client must show a certificate; otherwise a token will do. */
    @WithDefault("false")
    boolean clientCertificateRequired();
  }
}
