package dev.skerry.aggregator.answers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The ledger as it stood when the answers had been read up to these positions: both in one file, so
 * that a restart counts nothing twice and leaves nothing out.
 *
 * @param positions where reading goes on, by topic and partition
 */
record Snapshot(Map<String, Map<Integer, Long>> positions, List<Page.State> pages) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Snapshot of(Map<TopicPartition, Long> positions, List<Page.State> pages) {
    Map<String, Map<Integer, Long>> byTopic = new HashMap<>();
    positions.forEach(
        (partition, position) ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new HashMap<>())
                .put(partition.partition(), position));
    return new Snapshot(byTopic, pages);
  }

  Map<TopicPartition, Long> positionByPartition() {
    Map<TopicPartition, Long> flat = new HashMap<>();
    positions.forEach(
        (topic, byPartition) ->
            byPartition.forEach(
                (partition, position) -> flat.put(new TopicPartition(topic, partition), position)));
    return flat;
  }

  /** Empty where there is none; throws where there is one that cannot be read. */
  static Optional<Snapshot> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(JSON.readValue(file.toFile(), Snapshot.class))
        : Optional.empty();
  }

  /** Written beside and moved: after a kill there is the one before or this one. */
  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    JSON.writeValue(beside.toFile(), this);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
