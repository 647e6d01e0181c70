package dev.skerry.console.read;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics on a thread of its own, so that a broker that is away holds nobody up. It goes on
 * where it was when the broker is back. What it read waits in a queue with a bound; {@link #drain}
 * is for one thread.
 */
public final class Follower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PAUSE_MILLIS = 1_000;
  private static final int MOST_WAITING = 4_096;

  private final String name;
  private final Clusters clusters;
  private final List<Start> starts;
  private final InstantSource clock;
  private final BlockingQueue<Seen> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<TopicPartition, Long> firstEnds = new HashMap<>();
  private final Thread thread;
  private volatile Optional<String> problem = Optional.of("it was not asked yet");

  private Follower(String name, Clusters clusters, List<Start> starts, InstantSource clock) {
    this.name = name;
    this.clusters = clusters;
    this.starts = List.copyOf(starts);
    this.clock = clock;
    this.thread = new Thread(this::follow, "follow-" + name);
  }

  /**
   * Starts to follow.
   *
   * @param name whose broker it is, for people
   */
  public static Follower start(
      String name, Clusters clusters, List<Start> starts, InstantSource clock) {
    Follower follower = new Follower(name, clusters, starts, clock);
    follower.thread.setDaemon(true);
    follower.thread.start();
    return follower;
  }

  /** Why nothing can be read now; empty while it can. */
  public Optional<String> problem() {
    return problem;
  }

  /** Hands over what came since the last call. */
  public void drain(Consumer<Seen> reader) {
    List<Seen> seen = new ArrayList<>();
    waiting.drainTo(seen);
    seen.forEach(reader);
  }

  private void follow() {
    try {
      while (stop.getCount() > 0) {
        try (KafkaConsumer<byte[], byte[]> consumer = clusters.newConsumer()) {
          assign(consumer);
          while (stop.getCount() > 0) {
            read(consumer);
          }
        } catch (KafkaException e) {
          notice(e);
          stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void notice(KafkaException e) {
    if (problem.isEmpty()) {
      log.warn("The broker of the {} cannot be read: {}", name, e.getMessage());
    }
    problem = Optional.of("its broker does not answer");
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Long> backs = new HashMap<>();
    for (Start start : starts) {
      List<PartitionInfo> there = consumer.partitionsFor(start.topic().name());
      if (there.isEmpty()) {
        throw new KafkaException("There is no topic " + start.topic().name() + " yet");
      }
      there.forEach(
          info -> backs.put(new TopicPartition(info.topic(), info.partition()), start.back()));
    }
    consumer.assign(backs.keySet());
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(backs.keySet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(backs.keySet());
    backs.forEach(
        (partition, back) -> {
          long end = ends.getOrDefault(partition, 0L);
          long first = beginnings.getOrDefault(partition, 0L);
          firstEnds.putIfAbsent(partition, end);
          next.merge(partition, back > end ? first : Math.max(first, end - back), Math::max);
        });
    next.forEach(consumer::seek);
    problem = Optional.empty();
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      next.put(partition, record.offset() + 1);
      boolean old = record.offset() < firstEnds.getOrDefault(partition, 0L);
      Seen seen = new Seen(record, clock.millis(), old);
      while (stop.getCount() > 0 && !waiting.offer(seen, 1, TimeUnit.SECONDS)) {
        log.debug("What was read of the {} waits to be shown", name);
      }
    }
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
