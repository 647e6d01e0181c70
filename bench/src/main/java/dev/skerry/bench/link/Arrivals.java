package dev.skerry.bench.link;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows topics at the far side as a {@code read_committed} reader that does not go through the
 * link, on a thread of its own: how many records came, and how long after they were appended.
 */
public final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LOOK_MILLIS = 20;

  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> delaysMillis = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final String bootstrapServers;
  private final List<String> topics;
  private volatile boolean closing;

  private Arrivals(String bootstrapServers, List<Topic> topics) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics.stream().map(Topic::name).toList();
  }

  /** Starts to read these topics from their beginning. */
  public static Arrivals follow(String bootstrapServers, List<Topic> topics) {
    Arrivals arrivals = new Arrivals(bootstrapServers, topics);
    Thread thread = new Thread(arrivals::read, "arrivals");
    thread.setDaemon(true);
    thread.start();
    return arrivals;
  }

  private void read() {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.startAt(reader.beginnings(reader.partitions(topics)));
      while (!closing) {
        reader.poll(POLL, this::take);
      }
      end.complete(null);
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    delaysMillis.add(System.currentTimeMillis() - record.timestamp());
    counts.merge(record.topic(), 1L, Long::sum);
  }

  /** How many records of that topic have come. */
  public long count(Topic topic) {
    return counts.getOrDefault(topic.name(), 0L);
  }

  /** The delays in milliseconds, ascending, of what came since they were asked for last. */
  public List<Long> takeDelaysMillis() {
    List<Long> taken = new ArrayList<>();
    for (Long delay = delaysMillis.poll(); delay != null; delay = delaysMillis.poll()) {
      taken.add(delay);
    }
    taken.sort(null);
    return taken;
  }

  /**
   * Waits until everything has come that a feed had committed by a moment, and of what it committed
   * later all but the most recent; returns when that was. Times are those of {@link
   * System#nanoTime}.
   */
  public long awaitAllBut(RecordFeed feed, Duration recent, long momentNanos, Duration patience)
      throws InterruptedException {
    return await(
        feed, now -> hasAll(feed, Math.max(momentNanos, now - recent.toNanos())), patience);
  }

  /** Waits until one record of that topic has come. */
  public void awaitSome(Topic topic, Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (count(topic) == 0) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "Nothing of %s has come within %s".formatted(topic.name(), patience));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** Waits until so many records of each topic have come. */
  public void awaitEach(RecordFeed feed, long records, Duration patience)
      throws InterruptedException {
    await(feed, now -> feed.topics().stream().allMatch(topic -> count(topic) >= records), patience);
  }

  private boolean hasAll(RecordFeed feed, long upToNanos) {
    long wanted = feed.committedAt(upToNanos) * feed.recordsEach();
    return feed.topics().stream().allMatch(topic -> count(topic) >= wanted);
  }

  private long await(RecordFeed feed, LongPredicate done, Duration patience)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    for (long now = System.nanoTime(); !done.test(now); now = System.nanoTime()) {
      feed.requireAlive();
      if (end.isCompletedExceptionally()) {
        end.join();
      }
      if (now > deadlineNanos) {
        throw new IllegalStateException("Only %s have come within %s".formatted(counts, patience));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return System.nanoTime();
  }

  @Override
  public void close() {
    closing = true;
    end.exceptionally(failure -> null).join();
  }
}
