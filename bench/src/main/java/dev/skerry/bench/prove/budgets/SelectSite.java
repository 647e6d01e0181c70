package dev.skerry.bench.prove.budgets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.broker.FreePorts;
import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.retrain.SelectMain;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A broker with a site's topics, and the selection in a process of its own. The candidates bring
 * their own time, so that hours and days can pass.
 */
final class SelectSite implements AutoCloseable {

  static final String GROUP = "skerry-select";

  /** The JVM in which {@code ./skerry up} runs the selection. */
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");

  private static final int PROBE_MILLIS = 50;

  private final Path directory;
  private final BrokerProcess broker;
  private final Admin admin;
  private final ObjectMapper json = new ObjectMapper();
  private final int port = FreePorts.next();

  private SelectSite(Path directory, BrokerProcess broker) {
    this.directory = directory;
    this.broker = broker;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  static SelectSite start(Path directory) throws InterruptedException {
    SelectSite site = new SelectSite(directory, BrokerProcess.start(directory));
    new BenchTopics(site.admin, site.bootstrapServers()).createCatalogue();
    site.letCandidatesBringTheirTime();
    return site;
  }

  private void letCandidatesBringTheirTime() throws InterruptedException {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, Topics.RETRAINING_CANDIDATES.name());
    try {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  topic,
                  List.of(
                      set(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
                      set(TopicConfig.RETENTION_MS_CONFIG, "-1"))))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("The broker refused: " + e.getCause(), e);
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  /**
   * Starts the selection.
   *
   * @param instance which; that of the one before takes its place at once
   * @param state names where it keeps its state; another one than before finds none
   */
  ChildJvm select(int instance, int state, Map<String, String> settings) {
    Properties configuration = new Properties();
    configuration.putAll(settings);
    configuration.put("kafka.bootstrap.servers", bootstrapServers());
    configuration.put("kafka.streams.main.consumer.session.timeout.ms", "6000");
    configuration.put("kafka.streams.main.consumer.heartbeat.interval.ms", "1000");
    configuration.put("select.site-id", CandidateFeed.SITE);
    configuration.put("select.application-id", GROUP);
    configuration.put("select.instance", Integer.toString(instance));
    configuration.put("select.state-dir", directory.resolve("state-" + state).toString());
    configuration.put("service.http.port", Integer.toString(port));
    return ChildJvm.start("select", directory, JVM, SelectMain.class, configuration);
  }

  /** Waits until it has committed more candidates than so many, and returns how many. */
  long awaitCommitted(long before, ChildJvm select, Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    long committed = committed();
    while (committed <= before) {
      requireTime(select, deadlineNanos, "stands at %d candidates".formatted(committed));
      committed = committed();
    }
    return committed;
  }

  /** Waits until it says that it has decided on so many, and returns on how many it has. */
  long awaitDecided(long candidates, ChildJvm select, Duration patience)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    long decided = decided();
    while (decided < candidates) {
      requireTime(select, deadlineNanos, "has decided on %d of %d".formatted(decided, candidates));
      decided = decided();
    }
    return decided;
  }

  private static void requireTime(ChildJvm select, long deadlineNanos, String standing)
      throws InterruptedException {
    select.requireAlive();
    if (System.nanoTime() > deadlineNanos) {
      throw new IllegalStateException("The selection " + standing);
    }
    TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
  }

  /** Candidates that are committed as read; they are decided on, or wait in the selection. */
  long committed() throws InterruptedException {
    return GroupOffsets.committed(admin, GROUP).entrySet().stream()
        .filter(each -> each.getKey().topic().equals(Topics.RETRAINING_CANDIDATES.name()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** On how many it says itself that it has decided. */
  private long decided() {
    long decided = 0;
    for (JsonNode hour : selection().path("sites").path(CandidateFeed.SITE).path("decisions")) {
      for (JsonNode stream : hour) {
        for (JsonNode count : stream) {
          decided += count.asLong();
        }
      }
    }
    return decided;
  }

  private JsonNode selection() {
    URI address = URI.create("http://127.0.0.1:" + port + "/v1/selection");
    try (InputStream body = address.toURL().openStream()) {
      return json.readTree(body);
    } catch (ConnectException e) {
      return json.createObjectNode(); // Not listening yet.
    } catch (IOException e) {
      return json.createObjectNode().put("error", String.valueOf(e.getMessage())); // Not selecting.
    }
  }

  Admin admin() {
    return admin;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
