package dev.skerry.inference.position;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.inference.metrics.InferenceMetrics;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether records are in the partition that Java's client hashes their keys to: a device that
 * is written by clients of which one hashes otherwise is in two partitions, and nobody keeps its
 * order. It is a sample that is looked at, so that it costs nothing. Not thread-safe.
 */
public final class KeyPlacement {

  private static final Logger log = LoggerFactory.getLogger(KeyPlacement.class);

  private final Consumer<?, ?> consumer;
  private final InferenceMetrics metrics;
  private final Map<String, Integer> partitionsByTopic = new HashMap<>();
  private boolean said;

  public KeyPlacement(Consumer<?, ?> consumer, InferenceMetrics metrics) {
    this.consumer = consumer;
    this.metrics = metrics;
  }

  /** Counts the record where it is in the wrong partition or has no key, and says so once. */
  public void look(ConsumerRecord<byte[], ?> record) {
    if (isPlaced(record, partitionsByTopic.getOrDefault(record.topic(), 0))) {
      return;
    }
    // The topic may have got more partitions, or is new here.
    int partitions = consumer.partitionsFor(record.topic()).size();
    partitionsByTopic.put(record.topic(), partitions);
    if (isPlaced(record, partitions)) {
      return;
    }
    metrics.misplacedKey();
    if (!said) {
      said = true;
      log.warn(
          "{} of {} is in partition {} and belongs to {}: what wrote it hashes keys otherwise than"
              + " Java's client, and order per device is not kept",
          record.key() == null ? "a record without a key" : new String(record.key(), UTF_8),
          record.topic(),
          record.partition(),
          home(record, partitions).isPresent()
              ? home(record, partitions).getAsInt()
              : "the device's partition");
    }
  }

  private static boolean isPlaced(ConsumerRecord<byte[], ?> record, int partitions) {
    OptionalInt home = home(record, partitions);
    return home.isPresent() && home.getAsInt() == record.partition();
  }

  /** As Kafka's default partitioner does it; empty where there is no key or no such topic. */
  private static OptionalInt home(ConsumerRecord<byte[], ?> record, int partitions) {
    return record.key() == null || partitions == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Utils.toPositive(Utils.murmur2(record.key())) % partitions);
  }
}
