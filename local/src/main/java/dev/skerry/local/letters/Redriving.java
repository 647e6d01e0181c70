package dev.skerry.local.letters;

import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.OriginalHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends telemetry again that inference had given up, byte for byte, into the partition from which
 * it was read, with a {@link RedriveMark}. It is a new record there with an answer of its own, as
 * the old one keeps its dead letter, so that the ledger of answers balances. What was redriven once
 * is not redriven again from the same letter, however often somebody asks.
 *
 * <p>Without a transaction: its markers would take offsets among the telemetry, and what was sent
 * before a failure is found by its marks.
 */
final class Redriving {

  private static final String INFERENCE = "inference";

  /** How far the clocks of broker and inference may differ. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

  private static final Set<String> TELEMETRY =
      Set.of(Topics.TELEMETRY.name(), Topics.TELEMETRY_FRAMES.name());

  private final Broker broker;

  Redriving(Broker broker) {
    this.broker = broker;
  }

  /** Whether a record can be sent again at all, or why not, for people. */
  static Sendable sendable(Letter letter) {
    SourceRef source = letter.content().getSource();
    if (!letter.content().getStage().equals(INFERENCE) || !TELEMETRY.contains(source.getTopic())) {
      return new Sendable.No(
          "only telemetry that inference gave up can be sent again; "
              + letter.content().getStage()
              + " gave up a record of "
              + source.getTopic());
    }
    return letter.content().getOriginalValue() == null
        ? new Sendable.No("its record was too large to be kept")
        : new Sendable.Yes();
  }

  /** Whether a record can be sent again. */
  sealed interface Sendable {
    record Yes() implements Sendable {}

    record No(String why) implements Sendable {}
  }

  /** The ids of those letters whose records were sent again before. */
  Set<String> redrivenBefore(List<Letter> letters) {
    Set<String> marks = new HashSet<>();
    if (letters.isEmpty()) {
      return marks;
    }
    Instant first =
        letters.stream()
            .map(letter -> letter.content().getFailedAt())
            .min(Instant::compareTo)
            .orElseThrow();
    try (TopicReader reader = new TopicReader(broker)) {
      List<String> topics =
          letters.stream()
              .map(letter -> letter.content().getSource().getTopic())
              .distinct()
              .toList();
      reader.readToEnd(
          reader.offsetsAt(reader.partitions(topics), first.minus(CLOCKS_APART)),
          record -> RedriveMark.read(record.headers()).ifPresent(marks::add));
    }
    return marks;
  }

  /**
   * Sends the records of these letters again.
   *
   * @param progress is told how many are there
   */
  void send(List<Letter> letters, LongConsumer progress) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.client(
                Map.of(
                    "acks",
                    "all",
                    "max.request.size",
                    Integer.toString(Topics.MAX_WRAPPED_BYTES),
                    "max.block.ms",
                    "15000")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      letters.forEach(letter -> sent.add(producer.send(record(letter))));
      long there = 0;
      for (Future<RecordMetadata> each : sent) {
        each.get();
        progress.accept(++there);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new KafkaException("The broker did not take a record: " + e.getCause(), e);
    }
  }

  private static ProducerRecord<byte[], byte[]> record(Letter letter) {
    SourceRef source = letter.content().getSource();
    byte[] key =
        letter.content().getOriginalKey() == null
            ? null
            : Letter.bytes(letter.content().getOriginalKey());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            source.getTopic(),
            source.getPartition(),
            key,
            Letter.bytes(letter.content().getOriginalValue()));
    for (OriginalHeader header : letter.content().getOriginalHeaders()) {
      record
          .headers()
          .add(header.getKey(), header.getValue() == null ? null : Letter.bytes(header.getValue()));
    }
    RedriveMark.put(record.headers(), letter.id());
    return record;
  }
}
