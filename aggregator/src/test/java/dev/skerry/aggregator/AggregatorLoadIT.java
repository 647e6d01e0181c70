package dev.skerry.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backlog, read as fast as it goes: the figure is printed, the sums are checked. */
class AggregatorLoadIT {

  private static final Logger log = LoggerFactory.getLogger(AggregatorLoadIT.class);
  private static final int BACKLOG = Integer.getInteger("skerry.load.detections", 100_000);

  @TempDir private Path dir;

  @Test
  void shouldCatchUpWithABacklogAndCountAllOfIt() throws Exception {
    try (KafkaSite site = new KafkaSite(dir.resolve("kafka"));
        DetectionFeed feed = new DetectionFeed(site, 3, /* eventMillisEach= */ 1)) {
      feed.send(BACKLOG);
      try (AggregatorProcess aggregator = new AggregatorProcess(dir, settings(site))) {
        aggregator.awaitReady();
        long startNanos = System.nanoTime();
        await("the backlog to be read")
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(100))
            .until(() -> committed(site) >= BACKLOG);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        log.warn(
            "{} detections in {} s: {} per second; CPU of the process since its start: {}",
            BACKLOG,
            seconds,
            (long) (BACKLOG / seconds),
            aggregator.cpu());
        await("all windows to close")
            .atMost(Duration.ofMinutes(1))
            .until(() -> Tally.of(aggregates(site)).equals(feed.tally.counts()));
      }
      List<Aggregate> given = aggregates(site);
      log.warn(
          "{} aggregates, {} of them late",
          given.size(),
          given.stream().filter(Aggregate::getLate).count());
      assertThat(given.stream().filter(aggregate -> !aggregate.getLate()).map(Tally::key))
          .doesNotHaveDuplicates();
    }
  }

  private static long committed(KafkaSite site) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
      return admin
          .listConsumerGroupOffsets("skerry-aggregator")
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(entry -> entry.getKey().topic().equals(Topics.DETECTIONS.name()))
          .mapToLong(entry -> entry.getValue().offset())
          .sum();
    }
  }

  private Map<String, String> settings(KafkaSite site) {
    return Map.of(
        "kafka.bootstrap.servers",
        site.bootstrapServers(),
        "aggregator.site-id",
        SomeDetections.SITE,
        "aggregator.state-dir",
        dir.resolve("state").toString(),
        "aggregator.windows",
        "PT10S",
        "aggregator.quiet-close",
        "PT3S");
  }

  private static List<Aggregate> aggregates(KafkaSite site) {
    return Tally.decode(site.committed(Topics.AGGREGATES));
  }
}
