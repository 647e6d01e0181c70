package dev.skerry.bench.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the cloud as a {@code read_committed} reader and ticks off what it sees, site by site.
 * Thread-safe.
 */
final class CloudWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final String bootstrapServers;
  private final List<Topic> topics;
  private final Map<Stream, Page> pages = new HashMap<>();
  private final Map<TopicPartition, List<Seen>> newest = new HashMap<>();
  private final Thread thread;
  private volatile boolean ending;
  private long mixed;

  /** One topic of one site. */
  private record Stream(String site, String topic) {}

  /** A record that was written and could be read at these moments, by {@link System#nanoTime}. */
  record Seen(String site, long writtenNanos, long readNanos) {}

  /** What of one topic of one site is there. */
  private static final class Page {
    private final BitSet numbers = new BitSet();
    private final Map<Long, Long> lastOfKey = new HashMap<>();
    private long doubled;
    private long outOfOrder;

    void add(int number) {
      doubled += numbers.get(number) ? 1 : 0;
      numbers.set(number);
      Long before = lastOfKey.put((long) number % SiteFeed.KEYS, (long) number);
      outOfOrder += before != null && before >= number ? 1 : 0;
    }
  }

  private CloudWatch(String bootstrapServers, List<Topic> topics) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.thread = new Thread(this::watch, "cloud-watch");
  }

  static CloudWatch start(String bootstrapServers, List<Topic> topics) {
    CloudWatch watch = new CloudWatch(bootstrapServers, topics);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.startAt(
          reader.beginnings(reader.partitions(topics.stream().map(Topic::name).toList())));
      while (!ending) {
        reader.poll(POLL, this::add);
      }
    }
  }

  private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    String[] parts = new String(record.value(), UTF_8).split("/", -1);
    int number = Integer.parseInt(parts[1]);
    String key = new String(record.key(), UTF_8);
    mixed += key.equals("device-" + number % SiteFeed.KEYS) ? 0 : 1;
    pages.computeIfAbsent(new Stream(parts[0], record.topic()), absent -> new Page()).add(number);
    newest
        .computeIfAbsent(
            new TopicPartition(record.topic(), record.partition()), absent -> new ArrayList<>())
        .add(new Seen(parts[0], Long.parseLong(parts[2]), System.nanoTime()));
  }

  /** Forgets when records came, so that what comes from now on can be looked at. */
  synchronized void forgetMoments() {
    newest.clear();
  }

  /** What came of a partition since then. */
  synchronized List<Seen> seen(TopicPartition partition) {
    return List.copyOf(newest.getOrDefault(partition, List.of()));
  }

  /** How many different records of a site are there, in the topic that has fewest of them. */
  synchronized long records(String site) {
    return topics.stream()
        .mapToLong(
            topic -> {
              Page page = pages.get(new Stream(site, topic.name()));
              return page == null ? 0 : page.numbers.cardinality();
            })
        .min()
        .orElse(0);
  }

  synchronized long doubled() {
    return pages.values().stream().mapToLong(page -> page.doubled).sum();
  }

  synchronized long outOfOrder() {
    return pages.values().stream().mapToLong(page -> page.outOfOrder).sum();
  }

  /** Records whose key is another than the one that they were written with. */
  synchronized long mixed() {
    return mixed;
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
