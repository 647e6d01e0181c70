package dev.skerry.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.ingest.TelemetryTopic;
import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, a device is who its certificate or its token says, and nobody else. */
class TlsIT {

  @TempDir Path dir;

  @Test
  void shouldKnowDevicesByCertificateOrTokenAndLetThemWriteAsThemselvesAlone() throws Exception {
    Certificates server = Certificates.of("gateway", dir);
    Certificates pump = Certificates.of("pump-7", dir);
    Certificates impostor =
        Certificates.of("pump-7", Files.createDirectory(dir.resolve("elsewhere")));
    Path devices =
        Files.writeString(
            dir.resolve("devices.yaml"),
            "devices: {pump-7: {}, pump-8: {tokens: ['" + TokenHash.of("t0ken") + "']}}");
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("node")))) {
      TelemetryTopic.create(node, Topics.TELEMETRY);
      TelemetryTopic.create(node, Topics.TELEMETRY_FRAMES);
      TelemetryTopic.create(node, Topics.DEAD_LETTERS);
      try (RunningGateway gateway =
          RunningGateway.start(
              node.bootstrapServers(),
              "gateway.anonymous-on-loopback",
              "false",
              "gateway.devices",
              devices.toString(),
              "gateway.tls.certificate",
              server.certificate().toString(),
              "gateway.tls.key",
              server.key().toString(),
              "gateway.tls.client-ca",
              pump.certificate().toString())) {
        SSLContext withCertificate = server.trustedBy(pump);
        SSLContext without = server.trustedBy();
        assertThat(post(gateway, withCertificate, "pump-7", "")).isEqualTo(200);
        assertThat(post(gateway, withCertificate, "pump-8", "")).isEqualTo(403);
        assertThat(post(gateway, without, "pump-7", "")).isEqualTo(401);
        assertThat(post(gateway, without, "pump-8", "Bearer t0ken")).isEqualTo(200);
        assertThat(post(gateway, without, "pump-7", "Bearer t0ken")).isEqualTo(403);
        assertThat(post(gateway, without, "pump-8", "Bearer wrong")).isEqualTo(401);
        assertThat(post(gateway, withCertificate, "pump-7", "Bearer t0ken")).isEqualTo(401);
        assertThatThrownBy(() -> post(gateway, server.trustedBy(impostor), "pump-7", ""))
            .isInstanceOf(java.io.IOException.class);
        assertThatThrownBy(() -> handshake(gateway, without, "TLSv1.1"))
            .isInstanceOf(SSLHandshakeException.class);
        assertThat(handshake(gateway, without, "TLSv1.2")).contains("ECDHE", "TLS_");
        double expirySeconds = gateway.gauge("skerry.ingest.tls.expiry.timestamp.seconds");
        assertThat(expirySeconds).isGreaterThan(System.currentTimeMillis() / 1e3);
        assertShowsANewCertificate(gateway, server);
      }
      assertThat(TelemetryTopic.read(node))
          .extracting(Telemetry::getDeviceId)
          .containsExactlyInAnyOrder("pump-7", "pump-8");
    }
  }

  @Test
  void shouldRefuseToStartWithAKeyThatIsNone() throws Exception {
    Certificates server = Certificates.of("gateway", dir);
    assertThatThrownBy(
            () ->
                RunningGateway.startWithout(
                    "127.0.0.1:1",
                    "gateway.tls.certificate",
                    server.certificate().toString(),
                    "gateway.tls.key",
                    server.certificate().toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gateway.tls.key");
  }

  private void assertShowsANewCertificate(RunningGateway gateway, Certificates server)
      throws Exception {
    Certificates renewed = Certificates.of("renewed", dir);
    Files.move(renewed.key(), server.key(), StandardCopyOption.REPLACE_EXISTING);
    Files.move(renewed.certificate(), server.certificate(), StandardCopyOption.REPLACE_EXISTING);
    SSLContext trusting = renewed.trustedBy();
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreException(SSLHandshakeException.class)
        .until(() -> !handshake(gateway, trusting, "TLSv1.3").isEmpty());
  }

  private static String handshake(RunningGateway gateway, SSLContext context, String protocol)
      throws Exception {
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  private static int post(
      RunningGateway gateway, SSLContext context, String device, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/v1/telemetry"))
            .header("content-type", "application/json")
            .timeout(Duration.ofMinutes(1))
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    GatewayIT.json(device, 1, 1f).getBytes(UTF_8)));
    if (!authorization.isEmpty()) {
      request.header("authorization", authorization);
    }
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
