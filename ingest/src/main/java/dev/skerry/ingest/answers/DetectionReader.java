package dev.skerry.ingest.answers;

import dev.skerry.service.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads committed detections until it is closed, with a new consumer after each one
 * that failed. {@link #close} may be called by any thread, {@link #pause} by its own alone.
 */
final class DetectionReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DetectionReader.class);
  private static final long RETRY_MILLIS = 1_000;

  /** What is done with them. */
  interface Reading {

    /** Reads until the reader {@link #stops}; throws what the consumer throws. */
    void read(Consumer<byte[], byte[]> consumer);

    /** The consumer is gone. */
    void ended();
  }

  private final String who;
  private final Map<String, Object> consumerSettings;
  private final Reading reading;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * Reads nothing yet.
   *
   * @param who for whom this reads, for people
   * @param position where its consumers begin: settings of theirs that cannot be otherwise
   * @throws dev.skerry.service.ConfigException where they are otherwise
   */
  DetectionReader(
      String threadName,
      String who,
      KafkaSettings settings,
      String clientId,
      Map<String, String> position,
      Reading reading) {
    this.who = who;
    Map<String, Object> fixed = new HashMap<>(position);
    fixed.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    fixed.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    fixed.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumerSettings =
        settings.consumer(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId), fixed);
    this.reading = reading;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether it is about to end. */
  boolean stops() {
    return stopping.getCount() == 0;
  }

  /** Waits a while, or until it stops. */
  void pause() {
    try {
      boolean unusedStops = stopping.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stops()) {
      try (Consumer<byte[], byte[]> consumer = open()) {
        reading.read(consumer);
      } catch (InterruptException e) {
        boolean unusedWas = Thread.interrupted(); // Or the next consumer would fail as well.
        log.error("The reader of detections for {} was interrupted and goes on", who, e);
      } catch (KafkaException e) {
        log.warn("Detections for {} cannot be read ({}); trying again", who, e.getMessage());
        pause();
      } catch (RuntimeException e) {
        log.error("The reader of detections for {} failed and goes on", who, e);
        pause();
      } finally {
        reading.ended();
      }
    }
  }

  private Consumer<byte[], byte[]> open() {
    return new KafkaConsumer<>(
        consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Waits until it has ended. */
  @Override
  public void close() {
    stopping.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
