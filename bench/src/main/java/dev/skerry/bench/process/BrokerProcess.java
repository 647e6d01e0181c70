package dev.skerry.bench.process;

import dev.skerry.broker.BrokerProbe;
import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.local.site.SitePort;
import dev.skerry.local.site.SitePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** A Kafka broker in a process of its own, on a free port. */
public final class BrokerProcess implements AutoCloseable {

  private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseSerialGC", "-Xshare:auto");

  private final ChildJvm process;
  private final String bootstrapServers;

  private BrokerProcess(ChildJvm process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker whose data lies in the directory, and returns when it answers. */
  public static BrokerProcess start(Path directory) throws InterruptedException {
    SitePorts ports = SitePorts.free();
    Properties configuration = new Properties();
    configuration.put("broker.data.dir", directory.resolve("broker").toString());
    configuration.put("broker.port", Integer.toString(ports.number(SitePort.EDGE)));
    configuration.put(
        "broker.controller.port", Integer.toString(ports.number(SitePort.EDGE_CONTROLLER)));
    ChildJvm process = ChildJvm.start("broker", directory, JVM, KafkaNodeMain.class, configuration);
    BrokerProcess broker = new BrokerProcess(process, ports.address(SitePort.EDGE));
    broker.awaitAnswer();
    return broker;
  }

  private void awaitAnswer() throws InterruptedException {
    try (Admin admin = BrokerProbe.admin(bootstrapServers)) {
      if (!BrokerProbe.awaitAnswer(admin, process::requireAlive)) {
        throw new IllegalStateException("The broker at " + bootstrapServers + " does not answer");
      }
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** User and system time that the broker has had so far. */
  public Duration cpu() {
    return process.cpu();
  }

  /** SIGKILL, and waits until it is gone; its data stays. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
    process.awaitGone();
  }
}
