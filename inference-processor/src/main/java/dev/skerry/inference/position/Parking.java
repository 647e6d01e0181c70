package dev.skerry.inference.position;

import dev.skerry.inference.metrics.InferenceMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions whose next record nobody here can read yet: a newer release wrote it, or the registry
 * that knows its schema is away. Such a partition waits, longer each time, while others go on; its
 * record is neither answered nor skipped. Not thread-safe: used by the thread that polls.
 */
public final class Parking {

  private static final Logger log = LoggerFactory.getLogger(Parking.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Consumer<?, ?> consumer;
  private final InferenceMetrics metrics;
  private final InstantSource clock;
  private final Map<TopicPartition, Place> places = new HashMap<>();

  private record Place(long offset, Duration pause, Instant until) {}

  public Parking(Consumer<?, ?> consumer, InferenceMetrics metrics, InstantSource clock) {
    this.consumer = consumer;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Lets a partition wait in front of a record. */
  public void park(ConsumerRecord<?, ?> record, String reason) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Place before = places.get(partition);
    boolean arrived = before == null || before.offset() != record.offset();
    Duration wait =
        before == null || before.offset() != record.offset() ? FIRST_WAIT : longer(before.pause());
    places.put(partition, new Place(record.offset(), wait, clock.instant().plus(wait)));
    consumer.pause(List.of(partition));
    consumer.seek(partition, record.offset());
    if (arrived) {
      log.warn(
          "{} waits at offset {} and is tried again until it can be read: {}",
          partition,
          record.offset(),
          reason);
    }
    if (before == null) {
      metrics.parked(1);
    }
  }

  /** Lets partitions that have waited long enough be polled again; forgets those that are gone. */
  public void resumeDue() {
    if (places.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    places.keySet().removeIf(partition -> !consumer.assignment().contains(partition) && leave());
    places.forEach(
        (partition, place) -> {
          if (!now.isBefore(place.until()) && consumer.paused().contains(partition)) {
            consumer.resume(List.of(partition));
          }
        });
  }

  /** Offsets were committed: a partition whose offset is beyond its place has left it. */
  public void passed(Map<TopicPartition, OffsetAndMetadata> committed) {
    if (places.isEmpty()) {
      return;
    }
    committed.forEach(
        (partition, offset) -> {
          Place place = places.get(partition);
          if (place != null && offset.offset() > place.offset()) {
            places.remove(partition);
            leave();
            log.info("{} can be read again and goes on from {}", partition, place.offset());
          }
        });
  }

  /** Forgets all places, when the worker ends. */
  public void clear() {
    places.keySet().removeIf(partition -> leave());
  }

  private boolean leave() {
    metrics.parked(-1);
    return true;
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
  }
}
