package dev.skerry.bench.prove;

import dev.skerry.aggregator.AggregatorMain;
import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** A broker with a site's topics, and the aggregator in a process of its own. */
final class AggregatorSite implements AutoCloseable {

  static final String GROUP = "skerry-aggregator";

  /** The JVM in which {@code ./skerry up} runs the aggregator. */
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private static final int PROBE_MILLIS = 20;

  private final Path directory;
  private final BrokerProcess broker;
  private final Admin admin;

  private AggregatorSite(Path directory, BrokerProcess broker) {
    this.directory = directory;
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  static AggregatorSite start(Path directory) throws InterruptedException {
    AggregatorSite site = new AggregatorSite(directory, BrokerProcess.start(directory));
    new BenchTopics(site.admin, site.bootstrapServers()).createCatalogue();
    return site;
  }

  /** Starts it where the one before left off. */
  ChildJvm aggregator() {
    return aggregator("0", Map.of());
  }

  /** Starts one of several instances where the one of that name left off, with these settings. */
  ChildJvm aggregator(String instance, Map<String, String> settings) {
    Properties configuration = new Properties();
    configuration.putAll(settings);
    configuration.put("kafka.bootstrap.servers", bootstrapServers());
    configuration.put("aggregator.site-id", "site-1");
    configuration.put("aggregator.application-id", GROUP);
    configuration.put("aggregator.instance", instance);
    configuration.put("aggregator.state-dir", state(instance).toString());
    configuration.put("aggregator.quiet-close", "PT3S");
    return ChildJvm.start(
        "aggregator-" + instance, directory, JVM, AggregatorMain.class, configuration);
  }

  /** Where an instance keeps its state. */
  Path state(String instance) {
    return directory.resolve("state-" + instance);
  }

  /** Detections that the aggregator has committed. */
  long committed() throws InterruptedException {
    return committedByPartition().values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same for each partition. */
  Map<TopicPartition, Long> committedByPartition() throws InterruptedException {
    Map<TopicPartition, Long> committed = GroupOffsets.committed(admin, GROUP);
    committed.keySet().removeIf(each -> !each.topic().equals(Topics.DETECTIONS.name()));
    return committed;
  }

  /** Waits until so many detections are committed; returns how many are. */
  long awaitCommitted(long detections, ChildJvm aggregator, Duration patience)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    long committed = committed();
    while (committed < detections) {
      aggregator.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "The aggregator stands at %d of %d detections".formatted(committed, detections));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      committed = committed();
    }
    return committed;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
