package dev.skerry.local.topic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records a consumer group has still to read. Not thread-safe.
 *
 * <p>Offsets alone cannot say it, because the marks of transactions take offsets too: a short
 * backlog is read and counted.
 */
public final class Backlog implements AutoCloseable {

  private static final long SHORT_OFFSETS = 1_000;

  private final Admin admin;
  private final TopicReader reader;

  public Backlog(Broker broker) {
    this.admin = broker.admin();
    this.reader = new TopicReader(broker);
  }

  /**
   * Committed records that a group has not read yet, in this topic and wherever else it committed
   * offsets; an upper bound where there are many.
   */
  public long records(String group, String topic) throws InterruptedException {
    Map<TopicPartition, Long> next = reader.beginnings(reader.partitions(List.of(topic)));
    next.putAll(GroupOffsets.committed(admin, group));
    Map<TopicPartition, Long> ends = reader.ends(next.keySet());
    long offsets =
        next.entrySet().stream()
            .mapToLong(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue())
            .map(distance -> Math.max(0, distance))
            .sum();
    return offsets > SHORT_OFFSETS ? offsets : counted(next);
  }

  private long counted(Map<TopicPartition, Long> from) {
    AtomicLong records = new AtomicLong();
    reader.readToEnd(from, record -> records.incrementAndGet());
    return records.get();
  }

  @Override
  public void close() {
    reader.close();
    admin.close();
  }
}
