package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against another implementation of the server's side. */
class MqttSinkTest {

  private static final int DEVICES = 4;
  private static final int RECORDS_PER_DEVICE = 200;

  private final Vertx vertx = Vertx.vertx();
  private final List<Telemetry> received = new ArrayList<>();
  private final List<String> topics = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void shouldSendEachDevicesRecordsOnceAndInOrder() throws Exception {
    int port = start(endpoint -> accept(endpoint, Integer.MAX_VALUE));
    Publication publication = publish(port, Map.of());
    publication.run();
    assertThat(publication.published().records()).isEqualTo(DEVICES * RECORDS_PER_DEVICE);
    assertThat(publication.published().resent()).isZero();
    assertThat(publication.published().tailLatency()).isPositive();
    assertThat(sequencesByDevice().values())
        .hasSize(DEVICES)
        .containsOnly(LongStream.range(0, RECORDS_PER_DEVICE).boxed().toList());
    assertThat(topics)
        .containsOnly(
            "telemetry/d0/pump/avro",
            "telemetry/d1/pump/avro",
            "telemetry/d2/pump/avro",
            "telemetry/d3/pump/avro");
  }

  @Test
  void shouldSendAgainInOrderWhatALostConnectionLeftUnacknowledged() throws Exception {
    // Each connection is cut after 90 messages, of which the last was not acknowledged.
    int port = start(endpoint -> accept(endpoint, 90));
    Publication publication = publish(port, Map.of());
    publication.run();
    assertThat(publication.published().records()).isEqualTo(DEVICES * RECORDS_PER_DEVICE);
    assertThat(publication.published().resent()).isPositive();
    assertThat(sequencesByDevice().values())
        .hasSize(DEVICES)
        .allSatisfy(
            sequences ->
                assertThat(sequences.stream().distinct())
                    .containsExactlyElementsOf(
                        LongStream.range(0, RECORDS_PER_DEVICE).boxed().toList()));
  }

  @Test
  void shouldShowEachDevicesOwnTokenAndEndWhereItIsDenied() throws Exception {
    int port =
        start(
            endpoint -> {
              if (endpoint.auth() != null
                  && endpoint.auth().getUsername().equals(endpoint.clientIdentifier())
                  && endpoint.auth().getPassword().equals("t-" + endpoint.clientIdentifier())) {
                accept(endpoint, Integer.MAX_VALUE);
              } else {
                endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
              }
            });
    publish(port, Map.of("d0", "t-d0", "d1", "t-d1", "d2", "t-d2", "d3", "t-d3")).run();
    assertThat(sequencesByDevice()).hasSize(DEVICES);
    assertThatThrownBy(() -> publish(port, Map.of()).run())
        .isInstanceOf(PublishException.class)
        .hasMessageContaining("refuses the device d")
        .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD");
  }

  private int start(Consumer<MqttEndpoint> onConnection) throws Exception {
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0));
    server.endpointHandler(onConnection::accept);
    return server
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .actualPort();
  }

  private void accept(MqttEndpoint endpoint, int messages) {
    int[] left = {messages};
    endpoint.publishHandler(
        message -> {
          take(message);
          left[0]--;
          if (left[0] > 0) {
            endpoint.publishAcknowledge(message.messageId());
          } else if (left[0] == 0) {
            endpoint.close();
          }
        });
    endpoint.accept(false);
  }

  private synchronized void take(MqttPublishMessage message) {
    topics.add(message.topicName());
    received.add(
        ((Decoded.Value<Telemetry>)
                new AvroDecoder<>(Telemetry.class).decode(message.payload().getBytes()))
            .value());
  }

  private synchronized Map<String, List<Long>> sequencesByDevice() {
    return received.stream()
        .collect(
            Collectors.groupingBy(
                Telemetry::getDeviceId,
                Collectors.mapping(Telemetry::getSequence, Collectors.toList())));
  }

  private static Publication publish(int port, Map<String, String> tokens) {
    GatewayAddress address =
        new GatewayAddress(
            URI.create("mqtt://127.0.0.1:" + port), tokens, Optional.empty(), Optional.empty());
    return Publication.atOnce(
        Records.inTurn(DEVICES, RECORDS_PER_DEVICE).iterator(),
        Destination.gateway(address),
        Progress.none());
  }
}
