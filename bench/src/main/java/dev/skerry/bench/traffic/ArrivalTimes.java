package dev.skerry.bench.traffic;

import dev.skerry.bench.workload.TelemetryPool;
import dev.skerry.local.topic.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A {@code read_committed} reader of detections that notes when it saw each answer. One thread runs
 * it, another waits for it.
 */
public final class ArrivalTimes implements Runnable, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final TopicReader reader;
  private final long[] seenAtNanos;
  private final DetectionHead head = new DetectionHead();
  private final CountDownLatch allSeen;
  private volatile boolean closed;
  private final AtomicLong doubled = new AtomicLong();

  /**
   * Reads on from these offsets.
   *
   * @param records how many answers are to come, to the records 0 and up
   */
  public ArrivalTimes(String bootstrapServers, Map<TopicPartition, Long> from, int records) {
    this.reader = new TopicReader(bootstrapServers);
    this.seenAtNanos = new long[records];
    this.allSeen = new CountDownLatch(records);
    reader.startAt(from);
  }

  @Override
  public void run() {
    while (!closed && allSeen.getCount() > 0) {
      reader.poll(POLL, this::see);
    }
    reader.close();
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    int index = Math.toIntExact(TelemetryPool.index(head.read(record.value()).sequence()));
    if (seenAtNanos[index] != 0) {
      doubled.incrementAndGet();
      return;
    }
    seenAtNanos[index] = System.nanoTime();
    allSeen.countDown();
  }

  /** Waits for all answers; false where some are still missing after that time. */
  public boolean await(Duration patience) throws InterruptedException {
    return allSeen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** When the answer to a record was seen, by {@link System#nanoTime}; after {@link #await}. */
  public long seenAtNanos(int index) {
    return seenAtNanos[index];
  }

  /** Answers still missing. */
  public long missing() {
    return allSeen.getCount();
  }

  /** Answers to a record that had one. */
  public long doubled() {
    return doubled.get();
  }

  @Override
  public void close() {
    closed = true;
  }
}
