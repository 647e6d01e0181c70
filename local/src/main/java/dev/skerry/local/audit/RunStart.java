package dev.skerry.local.audit;

import dev.skerry.local.topic.Broker;
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
 * @param answers first offset of this run's detections, dead letters and overflow, by partition
 */
public record RunStart(Map<TopicPartition, Long> telemetry, Map<TopicPartition, Long> answers) {

  private static final List<String> TELEMETRY =
      List.of(Topics.TELEMETRY.name(), Topics.TELEMETRY_FRAMES.name());

  public RunStart {
    telemetry = Map.copyOf(telemetry);
    answers = Map.copyOf(answers);
  }

  /**
   * Reads it from the site's broker.
   *
   * @param inferenceGroups the consumer groups whose committed offsets say what is answered already
   */
  public static RunStart capture(Broker broker, List<String> inferenceGroups)
      throws InterruptedException {
    try (Admin admin = broker.admin();
        TopicReader reader = new TopicReader(broker)) {
      Map<TopicPartition, Long> telemetry = reader.beginnings(reader.partitions(TELEMETRY));
      for (String group : inferenceGroups) {
        GroupOffsets.committed(admin, group)
            .forEach((partition, offset) -> telemetry.merge(partition, offset, Math::max));
      }
      telemetry.keySet().removeIf(partition -> !TELEMETRY.contains(partition.topic()));
      return new RunStart(
          telemetry,
          reader.ends(
              reader.partitions(
                  List.of(
                      Topics.DETECTIONS.name(),
                      Topics.DEAD_LETTERS.name(),
                      Topics.TELEMETRY_OVERFLOW.name()))));
    }
  }
}
