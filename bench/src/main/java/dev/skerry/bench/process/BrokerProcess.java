package dev.skerry.bench.process;

import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.local.site.SitePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** A Kafka broker in a process of its own, on a free port. */
public final class BrokerProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 1_000;
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
    configuration.put("broker.port", Integer.toString(ports.edge()));
    configuration.put("broker.controller.port", Integer.toString(ports.edgeController()));
    ChildJvm process = ChildJvm.start("broker", directory, JVM, KafkaNodeMain.class, configuration);
    BrokerProcess broker = new BrokerProcess(process, ports.edgeBootstrap());
    broker.awaitAnswer();
    return broker;
  }

  private void awaitAnswer() throws InterruptedException {
    Map<String, Object> client =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "reconnect.backoff.ms", "50",
            "reconnect.backoff.max.ms", "200");
    try (Admin admin = Admin.create(client)) {
      long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
      while (!answers(admin)) {
        process.requireAlive();
        if (System.nanoTime() > deadlineNanos) {
          throw new IllegalStateException("The broker did not answer within " + PATIENCE);
        }
      }
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(PROBE_MILLIS);
      return !admin.describeCluster(options).nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false; // Not yet; the caller gives up in the end.
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    process.close();
    process.awaitGone();
  }
}
