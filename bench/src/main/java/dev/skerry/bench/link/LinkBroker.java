package dev.skerry.bench.link;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.broker.BrokerProbe;
import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/** The broker of one side, which can be killed and started again. Belongs to one thread. */
public final class LinkBroker implements AutoCloseable {

  private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto");

  private final String name;
  private final Path directory;
  private final Properties configuration;
  private final String bootstrapServers;
  private ChildJvm process;

  private LinkBroker(String name, Path directory, Properties configuration) {
    this.name = name;
    this.directory = directory;
    this.configuration = configuration;
    this.bootstrapServers = "127.0.0.1:" + configuration.getProperty("broker.port");
    this.process = launch();
  }

  /** Starts it, and returns when it has the side's topics. */
  static LinkBroker start(Side side, String name, Path directory, Properties configuration)
      throws InterruptedException {
    configuration.put("broker.data.dir", directory.resolve(name).toString());
    LinkBroker broker = new LinkBroker(name, directory, configuration);
    broker.awaitAnswer();
    try (Admin admin = BrokerProbe.admin(broker.bootstrapServers)) {
      TopicSetup.ensure(admin, side);
    }
    return broker;
  }

  private ChildJvm launch() {
    return ChildJvm.start(name, directory, JVM, KafkaNodeMain.class, configuration);
  }

  private void awaitAnswer() throws InterruptedException {
    try (Admin admin = BrokerProbe.admin(bootstrapServers)) {
      if (!BrokerProbe.awaitAnswer(admin, process::requireAlive)) {
        throw new IllegalStateException("The broker at " + bootstrapServers + " does not answer");
      }
    }
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it where the killed one left off, and returns when it answers. */
  public void startAgain() throws InterruptedException {
    process = launch();
    awaitAnswer();
  }

  /** Where clients of the same side reach it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    process.close();
  }
}
