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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is killed and does not come back. */
class FailoverIT {

  private static final Logger log = LoggerFactory.getLogger(FailoverIT.class);
  private static final String GROUP = "skerry-inference";
  private static final Duration PROMISED = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path directory;
  private Edge edge;
  private Path models;

  @BeforeEach
  void startBroker() throws Exception {
    edge = Edge.start(directory.resolve("broker"));
    models = Files.createDirectory(directory.resolve("models"));
    TestModels.classifier(models.resolve("vibration.onnx"), "vibration", 2, 8, 16, 4);
  }

  @AfterEach
  void stopBroker() {
    edge.close();
  }

  @Test
  void shouldAnswerThePartitionsOfAProcessThatWasKilledWithinTwentySeconds() throws Exception {
    Map<String, String> settings =
        RunningInference.settings(
            edge.bootstrapServers(), models, "inference.instance", "1", "inference.workers", "1");
    try (RunningInference survivor =
            RunningInference.start(edge, models, "inference.workers", "1");
        ChildInference victim = ChildInference.start(settings, directory.resolve("child.log"));
        Feed feed = Feed.start(edge, 1)) {
      await().atMost(PATIENCE).until(() -> partitionsOf("1-0") == 2 && partitionsOf("0-0") == 2);
      Map<TopicPartition, Long> balanced = ends();
      await().atMost(PATIENCE).until(() -> answered(balanced)); // Both are at work.
      victim.pause(); // It may die inside a transaction, with records polled and not answered.
      feed.stop();
      Map<TopicPartition, Long> asked = ends();
      long killed = System.nanoTime();
      victim.kill();
      await().atMost(PATIENCE).until(() -> answered(asked));
      Duration took = Duration.ofNanos(System.nanoTime() - killed);
      log.info("Taken over {} ms after the kill", took.toMillis());

      assertThat(took).isLessThan(PROMISED);
      survivor.stop();
    }
    Guarantee.read(edge).assertHolds();
  }

  private int partitionsOf(String member) throws Exception {
    try (Admin admin = edge.admin()) {
      return admin.describeConsumerGroups(List.of(GROUP)).describedGroups().values().stream()
          .flatMap(
              group -> group.toCompletionStage().toCompletableFuture().join().members().stream())
          .filter(each -> each.groupInstanceId().orElse("").equals(member))
          .map(MemberDescription::assignment)
          .mapToInt(assignment -> assignment.topicPartitions().size())
          .sum();
    }
  }

  private Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (int partition = 0; partition < 4; partition++) {
      wanted.put(new TopicPartition("telemetry", partition), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Admin admin = edge.admin()) {
      admin.listOffsets(wanted).all().get().forEach((key, end) -> ends.put(key, end.offset()));
    }
    return ends;
  }

  private boolean answered(Map<TopicPartition, Long> asked) throws Exception {
    try (Admin admin = edge.admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
      return asked.entrySet().stream()
          .allMatch(
              end -> {
                OffsetAndMetadata offset = committed.get(end.getKey());
                return offset != null && offset.offset() >= end.getValue();
              });
    }
  }
}
