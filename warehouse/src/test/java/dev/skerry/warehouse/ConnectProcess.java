package dev.skerry.warehouse;

import static org.awaitility.Awaitility.await;

import dev.skerry.broker.FreePorts;
import dev.skerry.warehouse.watch.ConnectRest;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A Kafka Connect worker in a process of its own, to be killed. */
public final class ConnectProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final ConnectRest rest;

  private ConnectProcess(Process process, ConnectRest rest) {
    this.process = process;
    this.rest = rest;
  }

  /** Starts it, and returns when it answers. */
  public static ConnectProcess start(String bootstrapServers, Path directory) throws IOException {
    return start(bootstrapServers, directory, TestJvm.classPath(), Map.of());
  }

  /**
   * The same on a class path of its own.
   *
   * @param more settings of the worker
   */
  static ConnectProcess start(
      String bootstrapServers, Path directory, String classPath, Map<String, String> more)
      throws IOException {
    int port = FreePorts.next();
    URI url = URI.create("http://127.0.0.1:" + port);
    Path file = directory.resolve("connect.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      Properties settings = settings(bootstrapServers, url);
      settings.putAll(more);
      settings.store(writer, null);
    }
    Process process =
        TestJvm.start(
            directory.resolve("connect.log"), classPath, ConnectDistributed.class, file.toString());
    ConnectRest rest = new ConnectRest(url);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              rest.statuses();
              return process.isAlive();
            });
    return new ConnectProcess(process, rest);
  }

  private static Properties settings(String bootstrapServers, URI url) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("group.id", "connect-of-a-test");
    for (String kind : List.of("config", "offset", "status")) {
      settings.put(kind + ".storage.topic", "connect-of-a-test-" + kind + "s");
      settings.put(kind + ".storage.replication.factor", "1");
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
    settings.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    settings.put("listeners", url.toString());
    settings.put("plugin.discovery", "service_load");
    settings.put("session.timeout.ms", "6000");
    settings.put("heartbeat.interval.ms", "1500");
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    return settings;
  }

  public ConnectRest rest() {
    return rest;
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
