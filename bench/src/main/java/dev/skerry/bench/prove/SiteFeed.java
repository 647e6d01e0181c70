package dev.skerry.bench.prove;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the same keys at every site, evenly: record n of a topic says {@code SITE/n/NANOS}, with
 * the moment at which it was written. One thread writes; any may ask or end it.
 */
final class SiteFeed implements AutoCloseable {

  static final int KEYS = 24;

  private static final int BURST_MILLIS = 50;

  private final String site;
  private final List<Topic> topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean ending;
  private volatile long next;

  private SiteFeed(String site, String bootstrapServers, List<Topic> topics, long first) {
    this.site = site;
    this.topics = topics;
    this.next = first;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = new Thread(this::flow, "feed-" + site);
  }

  /** Starts with record {@code first} of each topic. */
  static SiteFeed start(String site, String bootstrapServers, List<Topic> topics, long first) {
    SiteFeed feed = new SiteFeed(site, bootstrapServers, topics, first);
    feed.thread.start();
    return feed;
  }

  private void flow() {
    try {
      while (!ending) {
        long first = next;
        for (int i = 0; i < KEYS; i++) {
          write(first + i);
        }
        producer.flush();
        next = first + KEYS;
        TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told.
  private void write(long number) {
    byte[] key = ("device-" + number % KEYS).getBytes(UTF_8);
    for (Topic topic : topics) {
      byte[] value = (site + "/" + number + "/" + System.nanoTime()).getBytes(UTF_8);
      producer.send(
          new ProducerRecord<>(topic.name(), key, value),
          (metadata, e) -> {
            if (e != null) {
              failure.compareAndSet(null, e);
            }
          });
    }
  }

  /** Ends it, and returns how many records each topic has had; all are acknowledged. */
  long end() throws InterruptedException {
    ending = true;
    thread.join();
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("The site " + site + " could not write", failed);
    }
    return next;
  }

  @Override
  public void close() {
    ending = true;
    producer.close();
  }
}
