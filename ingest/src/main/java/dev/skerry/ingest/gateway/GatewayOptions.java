package dev.skerry.ingest.gateway;

import dev.skerry.ingest.http.HttpConfig;
import dev.skerry.ingest.mqtt.MqttConfig;
import dev.skerry.service.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/** What the types of {@link GatewayConfig} cannot say about its values. */
final class GatewayOptions {

  private static final long MIB = 1 << 20;

  private GatewayOptions() {}

  /** Returns the configuration, or throws {@link ConfigException} that names the key. */
  static GatewayConfig check(GatewayConfig config) {
    if (config.siteId().isBlank()) {
      throw new ConfigException("gateway.site-id must not be empty");
    }
    requireBetween("max-pending-bytes", config.maxPendingBytes(), MIB, 1024 * MIB);
    requireBetween("window-records", config.windowRecords(), 1000, 100_000_000);
    requireBetween("event-loops", config.eventLoops(), 1, 64);
    check(config.http());
    check(config.mqtt());
    if (config.anonymousOnLoopback()) {
      requireLoopback("http.host", config.http().port(), config.http().host());
      requireLoopback("mqtt.host", config.mqtt().port(), config.mqtt().host());
    }
    checkTls(config.tls());
    return config;
  }

  private static void check(HttpConfig http) {
    requireBetween("http.port", http.port(), -1, 65_535);
    requireBetween("http.max-body-bytes", http.maxBodyBytes(), 1024, 4 * MIB);
    requireBetween("http.max-batch", http.maxBatch(), 1, 100_000);
    requireBetween("http.max-header-bytes", http.maxHeaderBytes(), 1024, 64 << 10);
    requireBetween("http.max-connections", http.maxConnections(), 1, 1_000_000);
    requireBetween("http.max-receiving-bytes", http.maxReceivingBytes(), 4 * MIB, 1024 * MIB);
    requirePositive("http.idle-timeout", http.idleTimeout());
    requirePositive("http.body-timeout", http.bodyTimeout());
    requirePositive("http.answer-timeout", http.answerTimeout());
  }

  private static void check(MqttConfig mqtt) {
    requireBetween("mqtt.port", mqtt.port(), -1, 65_535);
    requireBetween("mqtt.max-connections", mqtt.maxConnections(), 1, 1_000_000);
    requireBetween("mqtt.receive-maximum", mqtt.receiveMaximum(), 1, 10_000);
    requireBetween(
        "mqtt.max-unanswered-bytes", mqtt.maxUnansweredBytes(), 16 * MIB, 64 * 1024 * MIB);
    requireBetween("mqtt.max-waiting-answers", mqtt.maxWaitingAnswers(), 1, 10_000);
    requireBetween("mqtt.max-answers-in-flight", mqtt.maxAnswersInFlight(), 1, 10_000);
    requirePositive("mqtt.connect-timeout", mqtt.connectTimeout());
    requirePositive("mqtt.packet-timeout", mqtt.packetTimeout());
    requirePositive("mqtt.max-keep-alive", mqtt.maxKeepAlive());
  }

  private static void requireLoopback(String key, int port, String host) {
    if (port >= 0 && !isLoopback(key, host)) {
      throw new ConfigException(
          "gateway.anonymous-on-loopback is for listeners on this machine alone, and gateway."
              + key
              + " is "
              + host
              + "; set that to 127.0.0.1 or leave the key out");
    }
  }

  private static void checkTls(GatewayConfig.TlsConfig tls) {
    if (tls.certificate().isPresent() != tls.key().isPresent()) {
      throw new ConfigException(
          "gateway.tls.certificate and gateway.tls.key belong together; set both or none");
    }
    if (tls.certificate().isEmpty() && tls.clientCa().isPresent()) {
      throw new ConfigException(
          "gateway.tls.client-ca needs gateway.tls.certificate and gateway.tls.key");
    }
    if (tls.clientCertificateRequired() && tls.clientCa().isEmpty()) {
      throw new ConfigException(
          "gateway.tls.client-certificate-required needs gateway.tls.client-ca");
    }
  }

  private static boolean isLoopback(String key, String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ConfigException("gateway." + key + " " + host + " is no address of a host", e);
    }
  }

  private static void requireBetween(String key, long value, long from, long to) {
    if (value < from || value > to) {
      throw new ConfigException(
          "gateway.%s must be from %d to %d, not %d".formatted(key, from, to, value));
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new ConfigException(
          "gateway." + key + " must be more than zero and a day at most, not " + value);
    }
  }
}
