package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import dev.skerry.ingest.SimulateCommand;
import dev.skerry.ingest.gateway.Certificates;
import dev.skerry.ingest.gateway.RunningGateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** With TLS from both sides, an MQTT client is the device that its certificate names. */
@ExtendWith(MqttSite.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class MqttCertificateIT {

  private static final byte[] READINGS = "{\"readings\":{\"values\":[1,2]}}".getBytes(UTF_8);

  private final MqttSite site;
  private Certificates server;
  private Certificates press;
  private Certificates stranger;
  private Path devices;
  private RunningGateway gateway;

  MqttCertificateIT(MqttSite site) {
    this.site = site;
  }

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    devices = Files.createDirectory(dir.resolve("devices"));
    server = Certificates.of("gateway", dir);
    stranger = Certificates.of("press-1", dir);
    press = Certificates.of("press-1", devices);
    Certificates pump = Certificates.of("pump-000", devices);
    Path trusted = dir.resolve("client-ca.pem");
    Files.writeString(
        trusted, Files.readString(press.certificate()) + Files.readString(pump.certificate()));
    gateway =
        RunningGateway.start(
            site.node().bootstrapServers(),
            "gateway.anonymous-on-loopback",
            "false",
            "gateway.tls.certificate",
            server.certificate().toString(),
            "gateway.tls.key",
            server.key().toString(),
            "gateway.tls.client-ca",
            trusted.toString());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void shouldLetACertificatesDeviceWriteAndSubscribeOnlyAsItself() throws Exception {
    Mqtt5BlockingClient client = client(press);
    client.connect();
    publish(client, "telemetry/press-1/vibration");
    Mqtt5PubAckException refused =
        catchThrowableOfType(
            Mqtt5PubAckException.class, () -> publish(client, "telemetry/press-2/vibration"));
    assertThat(refused.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
    client.subscribeWith().topicFilter("detections/press-1").send();
    Mqtt5SubAckException notGranted =
        catchThrowableOfType(
            Mqtt5SubAckException.class,
            () -> client.subscribeWith().topicFilter("detections/press-2").send());
    assertThat(notGranted.getMqttMessage().getReasonCodes())
        .containsExactly(Mqtt5SubAckReasonCode.NOT_AUTHORIZED);
    client.disconnect();
    assertThat(site.of("press-1")).hasSize(1);
    assertThat(site.of("press-2")).isEmpty();
  }

  @Test
  void shouldTurnAwayWhoIsNotTheCertificatesDevice() throws Exception {
    Mqtt5ConnAckException otherName =
        catchThrowableOfType(
            Mqtt5ConnAckException.class,
            () ->
                client(press)
                    .connectWith()
                    .simpleAuth()
                    .username("press-2")
                    .applySimpleAuth()
                    .send());
    assertThat(otherName.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    Mqtt5ConnAckException othersWill =
        catchThrowableOfType(
            Mqtt5ConnAckException.class,
            () ->
                client(press)
                    .connectWith()
                    .willPublish()
                    .topic("telemetry/press-2/vibration")
                    .applyWillPublish()
                    .send());
    assertThat(othersWill.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    Mqtt5ConnAckException nobody =
        catchThrowableOfType(Mqtt5ConnAckException.class, () -> client().connect());
    assertThat(nobody.getMqttMessage().getReasonCode())
        .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED);
    assertThatThrownBy(() -> client(stranger).connect())
        .as("a certificate that the gateway's authorities have not signed")
        .isInstanceOfAny(ConnectionFailedException.class, ConnectionClosedException.class);
  }

  @Test
  void shouldTakeASimulatedDevicesTelemetryOverMqttAndHttpWithItsCertificate() {
    int before = site.of("pump-000").size();
    assertThat(simulate("mqtts://127.0.0.1:" + gateway.mqttPort())).isEqualTo("0");
    int mqtt = site.of("pump-000").size() - before;
    assertThat(simulate("https://127.0.0.1:" + gateway.port())).isEqualTo("0");
    assertThat(mqtt).isPositive();
    assertThat(site.of("pump-000").size() - before - mqtt).isPositive();
  }

  private String simulate(String to) {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new SimulateCommand()).setErr(new PrintWriter(err));
    List<String> options =
        List.of(
            "--site=north",
            "--machines=0",
            "--pumps=1",
            "--interval=20ms",
            "--duration=200ms",
            "--no-progress",
            "--to=" + to,
            "--certificates=" + devices,
            "--ca=" + server.certificate());
    return command
            .setOut(new PrintWriter(new StringWriter()))
            .execute(options.toArray(String[]::new))
        + err.toString();
  }

  private static void publish(Mqtt5BlockingClient client, String topic) {
    var unusedResult =
        client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(READINGS).send();
  }

  private Mqtt5BlockingClient client(Certificates... shown) throws Exception {
    MqttClientSslConfigBuilder tls =
        MqttClientSslConfig.builder().trustManagerFactory(server.trusted());
    if (shown.length > 0) {
      tls = tls.keyManagerFactory(shown[0].shown());
    }
    return Mqtt5Client.builder()
        .serverHost("127.0.0.1")
        .serverPort(gateway.mqttPort())
        .sslConfig(tls.build())
        .buildBlocking();
  }
}
