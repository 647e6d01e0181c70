package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers telemetry as the inference processor does, detections and offsets of a round in one
 * transaction, but as often as it is told to. One record in {@link #OVERFLOW_ONE_IN} is left to the
 * cloud.
 */
final class FakeInference implements AutoCloseable {

  /** How many answers a record gets: 1 as it should be. */
  @FunctionalInterface
  interface Faults {
    int answers(ConsumerRecord<byte[], byte[]> record);
  }

  private static final String GROUP = "skerry-inference";
  private static final int OVERFLOW_ONE_IN = 10;

  private final AvroEncoder<Detection> encoder = new AvroEncoder<>(Detection.class);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Faults faults;

  FakeInference(KafkaSite site, Topic topic, Faults faults) {
    this.faults = faults;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                site.bootstrapServers(),
                "group.id",
                GROUP,
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", site.bootstrapServers(), "transactional.id", GROUP),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Answers what is there; returns how many records that were. */
  int round() {
    int records = 0;
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    producer.beginTransaction();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
      for (int answer = 0; answer < faults.answers(record); answer++) {
        sent.add(producer.send(answer(record)));
      }
      records++;
    }
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    consumer
        .assignment()
        .forEach(each -> positions.put(each, new OffsetAndMetadata(consumer.position(each))));
    producer.sendOffsetsToTransaction(positions, consumer.groupMetadata());
    producer.commitTransaction();
    KafkaSite.awaitAll(sent);
    return records;
  }

  private ProducerRecord<byte[], byte[]> answer(ConsumerRecord<byte[], byte[]> record) {
    if (record.offset() % OVERFLOW_ONE_IN != 0) {
      return new ProducerRecord<>(
          Topics.DETECTIONS.name(), record.key(), encoder.encode(detection(record)));
    }
    ProducerRecord<byte[], byte[]> left =
        new ProducerRecord<>(Topics.TELEMETRY_OVERFLOW.name(), record.key(), record.value());
    SourceHeader.put(
        left.headers(), record.topic(), record.partition(), record.offset(), record.timestamp());
    return left;
  }

  private static Detection detection(ConsumerRecord<byte[], byte[]> record) {
    Detection detection =
        SomeDetections.at(Instant.parse("2025-03-09T10:00:00Z"), "pump-1", "normal");
    detection.setSource(
        new SourceRef(
            record.topic(),
            record.partition(),
            record.offset(),
            Instant.ofEpochMilli(record.timestamp())));
    return detection;
  }

  /** Goes on at an offset and leaves what lies before it. */
  void skipTo(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
  }

  static byte[] key(int number) {
    return ("pump-" + number).getBytes(UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
    producer.close();
  }
}
