package dev.skerry.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.inference.testing.ChildInference;
import dev.skerry.inference.testing.Edge;
import dev.skerry.inference.testing.Feed;
import dev.skerry.inference.testing.Guarantee;
import dev.skerry.inference.testing.RunningInference;
import dev.skerry.inference.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills, also while telemetry overflows: after each start the backlog is older than the limit, and
 * a part of the devices is left to the cloud until it is worked off. More kills with {@code
 * -Dcrash.kills=50 -Dcrash.seed=2}.
 */
class CrashIT {

  private static final Logger log = LoggerFactory.getLogger(CrashIT.class);
  private static final int KILLS = Integer.getInteger("crash.kills", 2);
  private static final long SEED = Long.getLong("crash.seed", 1);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;
  private final Random random = new Random(SEED);
  private Edge edge;
  private Admin admin;
  private Path models;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
    admin = edge.admin();
    models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
  }

  @AfterEach
  void stopBroker() {
    admin.close();
    edge.close();
  }

  @Test
  void shouldLoseNothingAndAnswerNothingTwiceWhenKilledAtAnyMoment() throws Exception {
    int kills = 0;
    int killedInsideTransaction = 0;
    long produced;
    try (Feed feed = Feed.start(edge, random.nextLong())) {
      for (; kills < KILLS || killedInsideTransaction < KILLS / 2; kills++) {
        long before = committed();
        try (ChildInference child = startChild()) {
          await().atMost(PATIENCE).until(() -> committed() > before);
          if (kills % 2 == 0) {
            pauseInsideTransaction(child);
          } else {
            await().pollDelay(Duration.ofMillis(random.nextInt(200))).until(() -> true);
          }
          child.kill();
        }
        if (hasOpenTransaction()) {
          killedInsideTransaction++;
        }
      }
      produced = feed.stop();
    }
    try (ChildInference child = startChild()) {
      await().atMost(PATIENCE).until(() -> committed() >= produced);
      assertThat(child.isAlive()).isTrue();
      child.terminate();
    }
    log.info("{} kills, {} of them inside a transaction", kills, killedInsideTransaction);

    await().atMost(PATIENCE).until(() -> edge.answers() >= produced);
    Guarantee guarantee = Guarantee.read(edge);
    guarantee.assertHolds();
    assertThat(guarantee.detections()).isNotEmpty();
    assertThat(guarantee.overflow()).isNotEmpty();
    assertThat(Files.readString(directory.resolve("child.log"))).contains("inference stopped");
  }

  /**
   * Halts the process at random moments until one of them lies inside a transaction. What is open
   * while nothing of the process runs is still open when it is killed.
   */
  private void pauseInsideTransaction(ChildInference child) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1 + random.nextInt(20)))
        .until(
            () -> {
              child.pause();
              if (hasOpenTransaction()) {
                return true;
              }
              child.resume();
              return false;
            });
  }

  private ChildInference startChild() {
    Map<String, String> settings =
        RunningInference.settings(
            edge.bootstrapServers(),
            models,
            "kafka.consumer.max.poll.records",
            "100",
            "inference.overflow.share",
            "0.5",
            "inference.overflow.streams",
            "vibration",
            "inference.overflow.start-lag",
            "PT0.5S",
            "inference.overflow.stop-lag",
            "PT0.1S");
    return ChildInference.start(settings, directory.resolve("child.log"));
  }

  private long committed() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets("skerry-inference").partitionsToOffsetAndMetadata().get();
    return offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum();
  }

  private boolean hasOpenTransaction() throws Exception {
    return admin.listTransactions().all().get().stream()
        .anyMatch(
            transaction ->
                transaction.transactionalId().startsWith("skerry-inference-0-")
                    && transaction.state() == TransactionState.ONGOING);
  }
}
