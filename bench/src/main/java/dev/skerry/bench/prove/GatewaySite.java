package dev.skerry.bench.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.GatewayMain;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.broker.BrokerProbe;
import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** A broker that can be stopped and started again, and a gateway in front of it. */
final class GatewaySite implements AutoCloseable {

  private static final List<String> BROKER_JVM =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final int LOOKS = 1200;
  private static final long LOOK_MILLIS = 50;

  private final Path directory;
  private final Properties brokerConfiguration = new Properties();
  private final String bootstrapServers;
  private final int mqttPort = freePort();
  private final int observabilityPort = freePort();
  private ChildJvm broker;
  private final ChildJvm gateway;

  GatewaySite(Path directory, List<String> gatewayJvm, Properties gatewaySettings)
      throws InterruptedException {
    this.directory = directory;
    SitePorts ports = SitePorts.free();
    brokerConfiguration.put("broker.data.dir", directory.resolve("broker").toString());
    brokerConfiguration.put("broker.port", Integer.toString(ports.number(SitePort.EDGE)));
    brokerConfiguration.put(
        "broker.controller.port", Integer.toString(ports.number(SitePort.EDGE_CONTROLLER)));
    this.bootstrapServers = ports.address(SitePort.EDGE);
    this.broker = startBroker();
    try (Admin admin = BrokerProbe.admin(bootstrapServers)) {
      if (!BrokerProbe.awaitAnswer(admin, broker::requireAlive)) {
        throw new IllegalStateException("The broker at " + bootstrapServers + " does not answer");
      }
      new BenchTopics(admin, bootstrapServers).createCatalogue();
    }
    this.gateway = startGateway(gatewayJvm, gatewaySettings);
  }

  private ChildJvm startBroker() {
    return ChildJvm.start(
        "broker", directory, BROKER_JVM, KafkaNodeMain.class, brokerConfiguration);
  }

  private ChildJvm startGateway(List<String> jvm, Properties settings) throws InterruptedException {
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers);
    configuration.put("gateway.site-id", "site-1");
    configuration.put("gateway.http.port", "-1");
    configuration.put("gateway.mqtt.port", Integer.toString(mqttPort));
    configuration.put("gateway.anonymous-on-loopback", "true");
    configuration.put("service.http.port", Integer.toString(observabilityPort));
    configuration.putAll(settings);
    ChildJvm started = ChildJvm.start("gateway", directory, jvm, GatewayMain.class, configuration);
    for (int look = 0; !isReady(); look++) {
      started.requireAlive();
      if (look == LOOKS) {
        throw new IllegalStateException("The gateway does not become ready");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return started;
  }

  private boolean isReady() {
    try (var answer =
        URI.create("http://127.0.0.1:" + observabilityPort + "/ready").toURL().openStream()) {
      return !new String(answer.readAllBytes(), UTF_8).isEmpty();
    } catch (IOException e) {
      return false; // It does not listen yet, or answers 503.
    }
  }

  /** Stops the broker in order, and returns when it is gone. */
  void stopBroker() throws InterruptedException {
    broker.terminate();
  }

  /** Starts the broker again with the data that it had. */
  void startBrokerAgain() {
    broker = startBroker();
  }

  ChildJvm gateway() {
    return gateway;
  }

  int mqttPort() {
    return mqttPort;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  double gatewayMebibytes() {
    return gateway.memory().bytes() / (double) (1 << 20);
  }

  @Override
  public void close() {
    gateway.close();
    broker.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
