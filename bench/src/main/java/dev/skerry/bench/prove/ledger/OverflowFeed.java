package dev.skerry.bench.prove.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a mirrored topic of the site evenly in time, and keeps what the broker acknowledged: once
 * a record is deleted at the site, nobody can read it there. Thread-safe.
 */
final class OverflowFeed implements AutoCloseable {

  static final Topic TOPIC = Topics.TELEMETRY_OVERFLOW;

  private static final int RECORDS_EACH_ROUND = 10;
  private static final int ROUND_MILLIS = 100;
  private static final int DEVICES = 40;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final SplittableRandom random;
  private final List<Written> written = new ArrayList<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean paused;
  private volatile boolean ending;

  private OverflowFeed(String bootstrapServers, long seed) {
    this.random = new SplittableRandom(seed);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 2),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static OverflowFeed start(String bootstrapServers, long seed) {
    OverflowFeed feed = new OverflowFeed(bootstrapServers, seed);
    new Thread(feed::flow, "feed").start();
    return feed;
  }

  private void flow() {
    try {
      while (!ending) {
        if (!paused) {
          round();
        }
        TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
      }
      ended.complete(null);
    } catch (InterruptedException | ExecutionException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private synchronized void round() throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    for (int i = 0; i < RECORDS_EACH_ROUND; i++) {
      records.add(record(written.size() + i));
      acknowledgements.add(producer.send(records.get(i)));
    }
    for (int i = 0; i < RECORDS_EACH_ROUND; i++) {
      keep(records.get(i), acknowledgements.get(i).get());
    }
  }

  private void keep(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
    written.add(
        new Written(
            written.size(),
            new TopicPartition(metadata.topic(), metadata.partition()),
            metadata.offset(),
            Instant.ofEpochMilli(metadata.timestamp()),
            record));
  }

  private ProducerRecord<byte[], byte[]> record(long sequence) {
    String device = "machine-" + random.nextInt(DEVICES);
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setDeviceId(device)
            .setSiteId(LinkedSite.SITE_ID)
            .setStream("vibration")
            .setEventTime(Instant.now())
            .setSequence(sequence)
            .setPayload(
                Readings.newBuilder()
                    .setChannels(1)
                    .setSteps(2)
                    .setValues(List.of((float) random.nextDouble(), (float) random.nextDouble()))
                    .build())
            .build();
    return new ProducerRecord<>(TOPIC.name(), device.getBytes(UTF_8), encoder.encode(telemetry));
  }

  /** Lets nothing flow from now on; what was sent is acknowledged. */
  synchronized void pause() {
    paused = true;
  }

  /** Lets it flow again. */
  void resume() {
    paused = false;
  }

  /** All that was acknowledged so far, in the order of their sequences. */
  synchronized List<Written> written() {
    return List.copyOf(written);
  }

  /** Throws where it has failed. */
  void requireFlowing() {
    if (ended.isDone()) {
      join();
    }
  }

  /** Ends it; what was sent is acknowledged. */
  List<Written> end() {
    ending = true;
    join();
    return written();
  }

  private void join() {
    try {
      ended.join();
    } catch (CompletionException e) {
      throw new KafkaException("Records could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    ending = true;
    ended.exceptionally(failure -> null).join();
    producer.close();
  }
}
