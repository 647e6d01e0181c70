package dev.skerry.ingest.answers;

import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detections to one web server, at least once and in the order of each device. What it cannot take
 * waits in Kafka, in a consumer group of this address alone, so that a dead address holds back
 * nobody else. A thread of its own.
 */
final class WebhookFeed implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookFeed.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(3);

  private final URI address;
  private final AnswerFilter filter;
  private final Outgoing outgoing;
  private final WebhookMetrics metrics;
  private final AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
  private final DetectionReader reader;
  private final Map<TopicPartition, Long> heldAt = new HashMap<>();

  WebhookFeed(
      URI address,
      KafkaSettings settings,
      AnswerFilter filter,
      AnswersConfig.Webhook config,
      Optional<Signature> signature,
      MeterRegistry registry) {
    this.address = address;
    this.filter = filter;
    this.outgoing = new Outgoing(address, config, signature);
    this.metrics = new WebhookMetrics(registry, address, outgoing.progress());
    outgoing.start(metrics);
    this.reader =
        new DetectionReader(
            "answers-webhook-" + address.getHost(),
            "the webhook " + address,
            settings,
            "skerry-gateway-webhook",
            Map.of(
                ConsumerConfig.GROUP_ID_CONFIG,
                group(address),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none"),
            new WhileThereIsRoom());
  }

  void start() {
    reader.start();
  }

  /** The group in which the address's progress is kept. */
  static String group(URI address) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(address.toString().getBytes(StandardCharsets.UTF_8));
      return "skerry-webhook-" + HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java has no SHA-256", e);
    }
  }

  /** Waits until it has ended. */
  @Override
  public void close() {
    reader.close();
    outgoing.close();
  }

  private final class WhileThereIsRoom implements DetectionReader.Reading {

    @Override
    public void read(Consumer<byte[], byte[]> consumer) {
      consumer.subscribe(List.of(Topics.DETECTIONS.name()), new Rebalancing(consumer));
      long committedNanos = System.nanoTime();
      while (!reader.stops()) {
        if (outgoing.hasRoom()) {
          consumer.resume(consumer.paused());
        } else {
          consumer.pause(consumer.assignment());
        }
        poll(consumer);
        if (System.nanoTime() - committedNanos > COMMIT_NANOS) {
          committedNanos = System.nanoTime();
          commit(consumer);
        }
      }
      commit(consumer);
    }

    @Override
    public void ended() {
      outgoing.progress().forgetAll();
    }
  }

  void poll(Consumer<byte[], byte[]> consumer) {
    boolean waits = false;
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      for (TopicPartition partition : polled.partitions()) {
        waits |= !passAll(consumer, partition, polled.records(partition));
      }
    } catch (NoOffsetForPartitionException e) {
      consumer.seekToEnd(e.partitions());
      e.partitions().forEach(partition -> commitPosition(consumer, partition));
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach((partition, at) -> jump(consumer, partition, at));
    }
    if (waits) {
      reader.pause();
    }
  }

  /** Up to a record of which nobody can say yet what it is: that one is come back to. */
  private boolean passAll(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (!pass(record)) {
        consumer.seek(partition, record.offset());
        if (!Objects.equals(heldAt.put(partition, record.offset()), record.offset())) {
          log.warn(
              "{}-{} was written by a newer release; the webhook {} waits for an upgrade of this"
                  + " one",
              partition,
              record.offset(),
              address);
        }
        return false;
      }
    }
    heldAt.remove(partition);
    return true;
  }

  /** A group that is new begins with what comes from now on, also when it stops before that. */
  private static void commitPosition(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(consumer.position(partition))));
  }

  private void jump(Consumer<byte[], byte[]> consumer, TopicPartition partition, long at) {
    consumer.seekToBeginning(List.of(partition));
    long lost = consumer.position(partition) - at;
    metrics.lost(lost);
    log.error(
        "{} detections of {} were deleted by Kafka's retention before the webhook {} took them",
        lost,
        partition,
        address);
  }

  /** False where nobody can say yet what the record is. */
  private boolean pass(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Decoded<Detection> decoded =
        record.value() == null
            ? new Decoded.Malformed<>(DeadLetterReason.NOT_AVRO, "no value")
            : decoder.decode(record.value());
    if (decoded instanceof Decoded.NotYetKnown<Detection>) {
      return false;
    }
    if (decoded instanceof Decoded.Value<Detection> value && filter.admits(value.value())) {
      Detection detection = value.value();
      outgoing.add(
          new Delivery(
              partition,
              record.offset(),
              detection.getDeviceId(),
              detection.getInferredAt().toEpochMilli(),
              AnswerJson.of(detection)));
      return true;
    }
    if (decoded instanceof Decoded.Malformed<Detection> malformed) {
      metrics.done("unreadable");
      log.warn("{}-{} is no detection: {}", partition, record.offset(), malformed.detail());
    }
    outgoing.progress().skip(partition, record.offset());
    return true;
  }

  private void commit(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = outgoing.progress().committable();
    if (!offsets.isEmpty()) {
      try {
        consumer.commitSync(offsets, COMMIT_TIMEOUT);
        outgoing.progress().committed(offsets);
      } catch (TimeoutException e) {
        log.debug("Offsets of the webhook {} are not committed yet", address, e);
      }
    }
  }

  /** What is done is committed before another gateway goes on with it. */
  private final class Rebalancing implements ConsumerRebalanceListener {

    private final Consumer<byte[], byte[]> consumer;

    Rebalancing(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commit(consumer);
      onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      partitions.forEach(outgoing.progress()::forget);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      // Positions come from the group.
    }
  }
}
