package dev.skerry.local.audit;

import dev.skerry.local.topic.GroupOffsets;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a run of the site begins: the first telemetry that it has to answer, and the first place
 * where its answers can stand. Taken before any service starts.
 *
 * @param telemetry first offset to be answered, by partition; telemetry that an earlier run left
 *     unanswered belongs to this run
 * @param answers first offset of this run's detections and dead letters, by partition
 */
public record RunStart(Map<TopicPartition, Long> telemetry, Map<TopicPartition, Long> answers) {

  public RunStart {
    telemetry = Map.copyOf(telemetry);
    answers = Map.copyOf(answers);
  }

  /**
   * Reads it from the site's broker.
   *
   * @param inferenceGroup the consumer group whose committed offsets say what is answered already
   */
  public static RunStart capture(String bootstrapServers, String inferenceGroup)
      throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        TopicReader reader = new TopicReader(bootstrapServers)) {
      Map<TopicPartition, Long> telemetry =
          reader.beginnings(reader.partitions(List.of(Topics.TELEMETRY.name())));
      GroupOffsets.committed(admin, inferenceGroup)
          .forEach((partition, offset) -> telemetry.merge(partition, offset, Math::max));
      telemetry.keySet().removeIf(partition -> !isTelemetry(partition));
      return new RunStart(
          telemetry,
          reader.ends(
              reader.partitions(List.of(Topics.DETECTIONS.name(), Topics.DEAD_LETTERS.name()))));
    }
  }

  private static boolean isTelemetry(TopicPartition partition) {
    return partition.topic().equals(Topics.TELEMETRY.name());
  }
}
