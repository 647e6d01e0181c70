package dev.skerry.bench.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes seeded records of a site to some topics, evenly in time, in transactions of which some are
 * aborted, as services do. Each has a key, headers and a number of its own. Runs on a thread of its
 * own from its start until it is told to {@link #end}.
 */
public final class RecordFeed implements AutoCloseable {

  /** The site that the records bear the name of. */
  public static final String SITE_ID = "site-1";

  private static final int DEVICES = 50;
  private static final int VALUES = 16;
  private static final int ABORTED_ONE_IN = 10;

  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final List<Topic> topics;
  private final int recordsEach;
  private final double transactionsPerSecond;
  private final SplittableRandom random;
  private final Optional<? extends InstantSource> clock;
  private final KafkaProducer<byte[], byte[]> producer;
  private final NavigableMap<Long, Long> committedByNanos = new ConcurrentSkipListMap<>();
  private final CompletableFuture<Long> end = new CompletableFuture<>();
  private volatile boolean ending;
  private long sequence;

  private RecordFeed(
      String bootstrapServers,
      List<Topic> topics,
      int recordsEach,
      double transactionsPerSecond,
      long seed,
      Optional<? extends InstantSource> clock) {
    this.clock = clock;
    this.topics = topics;
    this.recordsEach = recordsEach;
    this.transactionsPerSecond = transactionsPerSecond;
    this.random = new SplittableRandom(seed);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                "feed-" + topics.get(0).name(),
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Starts to write.
   *
   * @param recordsEach records to each topic in a transaction
   */
  public static RecordFeed start(
      String bootstrapServers,
      List<Topic> topics,
      int recordsEach,
      double transactionsPerSecond,
      long seed) {
    return start(
        bootstrapServers, topics, recordsEach, transactionsPerSecond, seed, Optional.empty());
  }

  /**
   * Starts to write records with times of their own.
   *
   * @param recordsEach records to each topic in a transaction
   * @param clock for their times; empty where they are the broker's to give
   */
  public static RecordFeed start(
      String bootstrapServers,
      List<Topic> topics,
      int recordsEach,
      double transactionsPerSecond,
      long seed,
      Optional<? extends InstantSource> clock) {
    RecordFeed feed =
        new RecordFeed(bootstrapServers, topics, recordsEach, transactionsPerSecond, seed, clock);
    Thread thread = new Thread(feed::flow, "feed-" + topics.get(0).name());
    thread.setDaemon(true);
    thread.start();
    return feed;
  }

  private void flow() {
    try {
      producer.initTransactions();
      long startNanos = System.nanoTime();
      long committed = 0;
      for (long next = 0; !ending; next++) {
        awaitNanos(startNanos + (long) (next / transactionsPerSecond * 1e9));
        if (transaction(next % ABORTED_ONE_IN == ABORTED_ONE_IN - 1)) {
          committed++;
          committedByNanos.put(System.nanoTime(), committed);
        }
      }
      end.complete(committed);
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private static void awaitNanos(long dueNanos) {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Whether it was committed. */
  private boolean transaction(boolean aborted) {
    producer.beginTransaction();
    topics.forEach(topic -> send(topic.name()));
    producer.flush();
    if (aborted) {
      producer.abortTransaction();
      return false;
    }
    while (true) {
      try {
        producer.commitTransaction();
        return true;
      } catch (TimeoutException e) {
        if (ending) {
          throw new KafkaException("The last transaction is neither committed nor aborted", e);
        } // The broker is away: whether it has committed is only known when it is back.
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The commit throws what a send could not do.
  private void send(String topic) {
    for (int i = 0; i < recordsEach; i++) {
      long number = sequence++;
      String device = "machine-" + random.nextInt(DEVICES);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic,
              /* partition= */ null,
              clock.map(InstantSource::millis).orElse(null),
              device.getBytes(UTF_8),
              value(device, number));
      record.headers().add("number", ByteBuffer.allocate(Long.BYTES).putLong(number).array());
      record.headers().add("empty", new byte[0]);
      producer.send(record);
    }
  }

  private byte[] value(String device, long number) {
    List<Float> values =
        random.doubles(VALUES, -1, 1).mapToObj(value -> Float.valueOf((float) value)).toList();
    return encoder.encode(
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId(SITE_ID)
            .setStream("vibration")
            .setEventTime(Instant.ofEpochMilli(number))
            .setSequence(number)
            .setPayload(new Readings(1, VALUES, 0f, values))
            .build());
  }

  /** Waits until the first transaction is committed. */
  public void awaitFirst(Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (committedByNanos.isEmpty()) {
      requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("Nothing could be written within " + patience);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** How many transactions were committed at a time of {@link System#nanoTime}. */
  long committedAt(long nanos) {
    Map.Entry<Long, Long> last = committedByNanos.floorEntry(nanos);
    return last == null ? 0 : last.getValue();
  }

  /** The topics to which it writes. */
  public List<Topic> topics() {
    return topics;
  }

  /** How many records go to each topic in a transaction. */
  int recordsEach() {
    return recordsEach;
  }

  /** Throws where it could not go on. */
  public void requireAlive() {
    if (end.isCompletedExceptionally()) {
      end();
    }
  }

  /** Writes no more; returns how many records each topic has got. */
  public long end() {
    ending = true;
    try {
      return end.join() * recordsEach;
    } catch (CompletionException e) {
      throw new IllegalStateException("Records could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    ending = true;
    end.exceptionally(failure -> 0L).join();
    producer.close();
  }
}
