package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Seeded detections of last year, slightly out of order, sent and tallied. */
final class DetectionFeed implements AutoCloseable {

  private static final Instant BEGIN = Instant.parse("2025-03-09T10:00:00Z");
  private static final List<String> LABELS = List.of("normal", "unbalance", "bearing-outer");

  final Tally tally = new Tally();
  final AtomicLong sent = new AtomicLong();
  private final Random random;
  private final long eventMillisEach;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

  DetectionFeed(KafkaSite site, long seed, long eventMillisEach) {
    this.producer = site.producer();
    this.random = new Random(seed);
    this.eventMillisEach = eventMillisEach;
  }

  /** Sends so many, and returns when they are acknowledged. */
  void send(int count) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Detection detection = next();
      acknowledgements.add(
          producer.send(
              new ProducerRecord<>(
                  Topics.DETECTIONS.name(),
                  detection.getDeviceId().getBytes(UTF_8),
                  encoder.encode(detection))));
      tally.add(detection);
      sent.incrementAndGet();
    }
    KafkaSite.awaitAll(acknowledgements);
  }

  /** Sends some every 20 ms until the result is cancelled. */
  ScheduledFuture<?> flow(int each) {
    return executor.scheduleAtFixedRate(() -> send(each), 0, 20, TimeUnit.MILLISECONDS);
  }

  private Detection next() {
    long disorderMillis = random.nextInt(3_000);
    Instant eventTime = BEGIN.plusMillis(sent.get() * eventMillisEach + disorderMillis);
    return SomeDetections.at(
        eventTime,
        "machine-" + random.nextInt(16),
        random.nextInt(8) == 0 ? "pump" : "vibration",
        LABELS.get(random.nextInt(LABELS.size())),
        random.nextInt(8) / 8f);
  }

  /** Ends the flow; what was sent is acknowledged. */
  @Override
  public void close() {
    executor.shutdown();
    await("the end of the feed").until(executor::isTerminated);
    producer.close();
  }
}
