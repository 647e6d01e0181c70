package dev.skerry.bench.prove;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.broker.BrokerProbe;
import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A broker that can be stopped and started again, and a gateway in front of it. */
final class GatewaySite implements AutoCloseable {

  private static final List<String> BROKER_JVM =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");

  private final Path directory;
  private final Properties brokerConfiguration = new Properties();
  private final String bootstrapServers;
  private ChildJvm broker;
  private final GatewayProcess gateway;

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
    this.gateway = new GatewayProcess(directory, bootstrapServers, gatewayJvm, gatewaySettings);
  }

  private ChildJvm startBroker() {
    return ChildJvm.start(
        "broker", directory, BROKER_JVM, KafkaNodeMain.class, brokerConfiguration);
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
    return gateway.process();
  }

  int mqttPort() {
    return gateway.mqttPort();
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  double gatewayMebibytes() {
    return gateway.process().memory().bytes() / (double) (1 << 20);
  }

  @Override
  public void close() {
    gateway.close();
    broker.close();
  }
}
