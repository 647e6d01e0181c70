package dev.skerry.inference.position;

import dev.skerry.inference.metrics.InferenceMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker reads on when its place in the log is not simply the next record. Kafka's own
 * reset would do the same in silence. Not thread-safe: used by the thread that polls.
 */
public final class Positions {

  private static final Logger log = LoggerFactory.getLogger(Positions.class);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(10);

  private final Consumer<?, ?> consumer;
  private final InferenceMetrics metrics;

  public Positions(Consumer<?, ?> consumer, InferenceMetrics metrics) {
    this.consumer = consumer;
    this.metrics = metrics;
  }

  /** The group has answered nothing of a partition yet: all that is retained awaits an answer. */
  public void startAtBeginning(NoOffsetForPartitionException nothingCommitted) {
    Set<TopicPartition> partitions = nothingCommitted.partitions();
    consumer.seekToBeginning(partitions);
    log.info("Nothing of {} is answered yet; reading from the beginning", partitions);
  }

  /**
   * The next record of a partition is gone: the log now begins after it, or was cut before it.
   * Where a broker that goes away does not say so, the next poll asks anew.
   */
  public void leaveGap(OffsetOutOfRangeException gone) {
    Map<TopicPartition, Long> wanted = gone.offsetOutOfRangePartitions();
    Map<TopicPartition, Long> beginnings;
    try {
      beginnings = consumer.beginningOffsets(wanted.keySet(), LOOKUP_TIMEOUT);
    } catch (TimeoutException e) {
      log.warn("Where {} begin is not known; asking again ({})", wanted.keySet(), e.getMessage());
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> divergences =
        gone instanceof LogTruncationException cut ? cut.divergentOffsets() : Map.of();
    wanted.forEach(
        (partition, offset) -> {
          OffsetAndMetadata divergence = divergences.get(partition);
          if (divergence != null) {
            goOnWhereLogsAgree(partition, offset, divergence.offset());
          } else {
            goOnAtBeginning(partition, offset, beginnings.getOrDefault(partition, 0L));
          }
        });
  }

  private void goOnWhereLogsAgree(TopicPartition partition, long wanted, long agreed) {
    log.error(
        "{} lost records that were already answered: the broker's log was cut at {}, and the next"
            + " record was to be {}. Reading on at {}",
        partition,
        agreed,
        wanted,
        agreed);
    consumer.seek(partition, agreed);
    metrics.jumped(0);
  }

  private void goOnAtBeginning(TopicPartition partition, long wanted, long beginning) {
    long lost = Math.max(0, beginning - wanted);
    log.error(
        "{} has no record {} any more: {} records were deleted by retention before they were"
            + " answered. Reading on at {}, the log's beginning",
        partition,
        wanted,
        lost,
        beginning);
    consumer.seek(partition, beginning);
    metrics.jumped(lost);
  }

  /**
   * Back to the first record of a poll that is not committed. A partition that was lost meanwhile
   * is left to its new owner.
   */
  public void rewind(Polled polled) {
    Set<TopicPartition> assigned = consumer.assignment();
    polled
        .uncommitted()
        .forEach(
            (partition, offset) -> {
              if (assigned.contains(partition)) {
                consumer.seek(partition, offset);
              }
            });
  }
}
