package dev.skerry.aggregator.answers;

import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The ledger of answers' way to the broker. Not thread-safe. */
final class AnswerClients implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** What inference writes for a telemetry record, whichever it is. */
  private static final List<String> ANSWERS =
      List.of(
          Topics.DETECTIONS.name(),
          Topics.DEAD_LETTERS.name(),
          Topics.TELEMETRY_OVERFLOW.name(),
          Topics.ANSWER_LEDGER.name());

  private final Admin admin;
  private final Consumer<byte[], byte[]> answers;
  private final Consumer<byte[], byte[]> telemetry;
  private final Producer<byte[], byte[]> producer;
  private final List<String> groups;

  AnswerClients(KafkaSettings kafka, List<String> groups) {
    this.groups = List.copyOf(groups);
    this.admin = Admin.create(kafka.admin(Map.of()));
    this.answers = consumer(kafka);
    this.telemetry = consumer(kafka);
    this.producer =
        new KafkaProducer<>(
            kafka.producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 5), FixedSettings.ofProducer()));
  }

  private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka) {
    return new KafkaConsumer<>(
        kafka.consumer(
            Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000),
            FixedSettings.ofConsumer("none")));
  }

  /** The next offset that each group will read of the telemetry. */
  Map<TopicPartition, Long> committed() throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    for (String group : groups) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) -> {
                if (offset != null && AnswerLedger.TELEMETRY.contains(partition.topic())) {
                  committed.put(partition, offset.offset());
                }
              });
    }
    return committed;
  }

  /** The first offset of the telemetry that is still there. */
  Map<TopicPartition, Long> telemetryBegins() throws InterruptedException, ExecutionException {
    return offsets(AnswerLedger.TELEMETRY, OffsetSpec.earliest());
  }

  /** The first answers that are still there; 0 where none were ever deleted. */
  Map<TopicPartition, Long> answerBegins() throws InterruptedException, ExecutionException {
    return offsets(ANSWERS, OffsetSpec.earliest());
  }

  /** Where the committed answers end. */
  Map<TopicPartition, Long> answerEnds() throws InterruptedException, ExecutionException {
    return offsets(ANSWERS, OffsetSpec.latest());
  }

  private Map<TopicPartition, Long> offsets(Collection<String> topics, OffsetSpec which)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic :
        admin.describeTopics(topics).topicNameValues().entrySet()) {
      description(topic.getKey(), topic.getValue())
          .partitions()
          .forEach(p -> wanted.put(new TopicPartition(topic.getKey(), p.partition()), which));
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  private static TopicDescription description(String topic, KafkaFuture<TopicDescription> asked)
      throws InterruptedException, ExecutionException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException missing) {
        throw new KafkaException(
            "The broker has no topic " + topic + ": make the topics of the catalogue first",
            missing);
      }
      if (e.getCause() instanceof TopicAuthorizationException) {
        throw new TopicAuthorizationException(Set.of(topic)); // Kafka's own does not name it.
      }
      throw e;
    }
  }

  void readFrom(Map<TopicPartition, Long> positions) {
    answers.assign(positions.keySet());
    positions.forEach(answers::seek);
  }

  /** Reads partitions too that were added since, each from its first record. */
  void readToo(Set<TopicPartition> partitions) {
    if (!answers.assignment().containsAll(partitions)) {
      Map<TopicPartition, Long> positions = positions();
      partitions.forEach(partition -> positions.putIfAbsent(partition, 0L));
      readFrom(positions);
    }
  }

  /** Lets a partition wait at a record until {@link #goOn}. */
  void waitAt(TopicPartition partition, long offset) {
    answers.pause(List.of(partition));
    answers.seek(partition, offset);
  }

  /** Tries again what waits. */
  void goOn() {
    answers.resume(answers.paused());
  }

  ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    return answers.poll(patience);
  }

  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    answers.assignment().forEach(each -> positions.put(each, answers.position(each)));
    return positions;
  }

  Telemetry telemetry() {
    return new TelemetryReader(telemetry);
  }

  Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> entry) {
    return producer.send(entry);
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
    answers.close();
    telemetry.close();
    admin.close(CLOSE_TIMEOUT);
  }
}
