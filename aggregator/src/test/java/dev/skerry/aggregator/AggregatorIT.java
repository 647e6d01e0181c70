package dev.skerry.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatorIT {

  private static final int KILLS = Integer.getInteger("skerry.aggregator.kills", 1);
  private static final int NEWER_ID = 1_000_999;

  @TempDir private Path dir;
  private KafkaSite site;

  @BeforeEach
  void start() throws Exception {
    site = new KafkaSite(dir.resolve("kafka"));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void shouldCountEachDetectionOnceThroughKills() throws Exception {
    Random moments = new Random(20250309);
    DetectionFeed feed = new DetectionFeed(site, 1, /* eventMillisEach= */ 5);
    ScheduledFuture<?> flow = feed.flow(/* each= */ 40);
    for (int kill = 0; kill < KILLS; kill++) {
      try (AggregatorProcess aggregator = new AggregatorProcess(dir, settings())) {
        aggregator.awaitReady();
        long moment = feed.sent.get() + 200 + moments.nextInt(6_000);
        await("kill " + kill).atMost(Duration.ofMinutes(1)).until(() -> feed.sent.get() >= moment);
        aggregator.kill();
      }
    }
    flow.cancel(false);
    feed.close();

    try (AggregatorProcess aggregator = new AggregatorProcess(dir, settings())) {
      aggregator.awaitReady();
      awaitSum(feed.sent.get());
      assertThat(aggregator.stop()).isIn(0, 143);
    }
    List<Aggregate> given = aggregates();
    assertThat(Tally.of(given)).isEqualTo(feed.tally.counts());
    assertThat(given.stream().filter(aggregate -> !aggregate.getLate()).map(Tally::key))
        .doesNotHaveDuplicates();
    assertThat(site.committed(Topics.AGGREGATES).stream().map(ConsumerRecord::partition).distinct())
        .as("partitions of a site's aggregates")
        .hasSize(1);
  }

  @Test
  void shouldGiveUpOnWhatIsNoDetectionAndKeepBackWhatANewerReleaseWrote() throws Exception {
    site.append(Topics.DETECTIONS, new byte[] {1, 2});
    site.append(Topics.DETECTIONS, null);
    byte[] newer =
        new AvroEncoder<>(Detection.class)
            .encode(SomeDetections.at(Instant.parse("2025-03-09T10:00:01Z"), "newer", "normal"));
    WireFormat.writeHeader(newer, NEWER_ID);
    site.append(Topics.DETECTIONS, newer);
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicBoolean knows = new AtomicBoolean();
    registry.createContext("/schemas/ids/" + NEWER_ID, exchange -> answer(exchange, knows.get()));
    registry.start();
    Map<String, String> settings = new HashMap<>(settings());
    settings.put(
        "kafka.schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort());
    settings.put("kafka.http.read.timeout.ms", "20000");
    settings.put("kafka.missing.id.cache.ttl.sec", "1");
    try (DetectionFeed feed = new DetectionFeed(site, 3, /* eventMillisEach= */ 1);
        AggregatorProcess aggregator = new AggregatorProcess(dir, settings)) {
      aggregator.awaitReady();
      feed.send(1_000); // Some of them to the partition that stands still.
      await("the partition to stand still")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(aggregator.log())
                      .contains("waits at offset 2: Schema id " + NEWER_ID));
      knows.set(true);
      awaitSum(1_001);
    } finally {
      registry.stop(0);
    }
    assertThat(site.committed(Topics.DEAD_LETTERS)).hasSize(2);
  }

  private static void answer(HttpExchange exchange, boolean knows) throws IOException {
    String answer =
        knows
            ? new ObjectMapper()
                .createObjectNode()
                .put("schema", Detection.getClassSchema().toString())
                .toString()
            : "{\"error_code\":40403,\"message\":\"Schema not found\"}";
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(knows ? 200 : 404, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void shouldEndWithTheReasonWhenItsTopicIsMissing() throws Exception {
    site.delete(Topics.DETECTIONS);
    try (AggregatorProcess aggregator = new AggregatorProcess(dir, settings())) {
      assertThat(aggregator.awaitEnd()).isEqualTo(1);
      assertThat(aggregator.log()).contains("detections");
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "kafka.bootstrap.servers", site.bootstrapServers(),
        "aggregator.site-id", SomeDetections.SITE,
        "aggregator.state-dir", dir.resolve("state").toString(),
        "aggregator.grace", "PT1S",
        "aggregator.windows", "PT10S",
        "aggregator.quiet-close", "PT3S",
        "aggregator.ledger.enabled", "false",
        "aggregator.answers.enabled", "false");
  }

  private void awaitSum(long expected) {
    await("all detections to be added up")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> aggregates().stream().mapToLong(Aggregate::getCount).sum() >= expected);
  }

  private List<Aggregate> aggregates() {
    return Tally.decode(site.committed(Topics.AGGREGATES));
  }
}
