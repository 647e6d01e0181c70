package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClientOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Telemetry to a gateway over MQTT 3.1.1 with QoS 1, each device over a connection of its own, as
 * devices do: in their order, each until it is acknowledged. That version cannot say no to a
 * record: what a gateway does not take is acknowledged or ends the connection.
 */
final class MqttSink implements TelemetrySink {

  private static final Logger log = LoggerFactory.getLogger(MqttSink.class);

  private static final int EVENT_LOOPS = 2;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int CLOSE_SECONDS = 2;
  private static final long LOOK_MILLIS = 1000;

  private final GatewayAddress address;
  private final Underway underway;
  private final Vertx vertx;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final Map<String, MqttDevice> devices = new HashMap<>();

  private MqttSink(GatewayAddress address, Underway underway, Vertx vertx) {
    this.address = address;
    this.underway = underway;
    this.vertx = vertx;
  }

  static MqttSink open(GatewayAddress address, StopSignal stop, Tally tally) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    return new MqttSink(address, new Underway(address, stop, tally), vertx);
  }

  @Override
  public boolean put(Telemetry telemetry) throws InterruptedException {
    Outgoing record = Outgoing.of(telemetry, encoder.encode(telemetry));
    MqttDevice device = devices.computeIfAbsent(record.device(), this::connect);
    if (!underway.enter(record)) {
      return false;
    }
    device.add(record);
    return true;
  }

  private MqttDevice connect(String device) {
    MqttClientOptions options =
        new MqttClientOptions()
            .setClientId(device)
            .setCleanSession(true)
            .setKeepAliveInterval(KEEP_ALIVE_SECONDS)
            .setMaxInflightQueue(MqttDevice.MAX_UNACKNOWLEDGED)
            .setSsl(address.isEncrypted());
    if (address.isEncrypted()) {
      options.setHostnameVerificationAlgorithm("HTTPS");
      address
          .ca()
          .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath("" + ca)));
    }
    address
        .certificate(device)
        .ifPresent(
            own ->
                options.setKeyCertOptions(
                    new PemKeyCertOptions()
                        .setCertPath("" + own.certificate())
                        .setKeyPath("" + own.key())));
    address.token(device).ifPresent(token -> options.setUsername(device).setPassword(token));
    MqttDevice connected =
        new MqttDevice(vertx, options, address.uri().getHost(), address.mqttPort(), underway);
    connected.connect();
    vertx.setPeriodic(LOOK_MILLIS, timer -> connected.look());
    return connected;
  }

  @Override
  public void finish(boolean whole) throws InterruptedException {
    underway.awaitNone();
  }

  @Override
  public void close() {
    devices.values().forEach(MqttDevice::close);
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("connections were not closed in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
