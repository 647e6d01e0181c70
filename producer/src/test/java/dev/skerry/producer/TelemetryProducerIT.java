package dev.skerry.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryProducerIT {

  private static final int RECORDS = 2_000;

  @TempDir Path dir;

  @Test
  void shouldPutEachRecordOnceInOrderOnTheDevicesPartitionOverARestartOfTheBroker()
      throws Exception {
    KafkaNode.Settings settings = KafkaNode.Settings.of(dir.resolve("node"));
    KafkaNode node = KafkaNode.start(settings);
    createTopic(node);
    List<CompletableFuture<Sent>> answers = new ArrayList<>();
    try (TelemetryProducer producer = producer(node).open()) {
      answers.add(producer.send("pump", new float[] {0}, new float[] {0}));
      producer.flush(); // From here on it knows the topic.
      for (int record = 1; record < RECORDS; record++) {
        answers.add(producer.send("pump", new float[] {record}, new float[] {-record}));
        if (record == RECORDS / 2) {
          node.close();
        }
        if (record == RECORDS / 2 + 100) {
          node = KafkaNode.start(settings.withPort(node.port()));
        }
      }
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
    int partition = BuiltInPartitioner.partitionForKey("pump-7".getBytes(UTF_8), 4);
    assertThat(answers).extracting(answer -> answer.join().partition()).containsOnly(partition);
    assertThat(sequences(node, partition))
        .containsExactlyElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    node.close();
  }

  @Test
  void shouldFailWithAReasonWhereNoBrokerAnswers() {
    int nobody;
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("gone")))) {
      nobody = node.port();
    }
    try (TelemetryProducer producer =
        TelemetryProducer.to("127.0.0.1:" + nobody)
            .site("plant-a")
            .device("pump-7")
            .kafka("max.block.ms", 200)
            .open()) {
      assertThat(producer.send("pump", new float[] {1}))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(ProducerException.class)
          .withMessageContaining("is it up, and is the topic there?");
    }
  }

  private static TelemetryProducerBuilder producer(KafkaNode node) {
    return TelemetryProducer.to(node.bootstrapServers()).site("plant-a").device("pump-7");
  }

  private static void createTopic(KafkaNode node) throws Exception {
    TopicCreation.create(node.bootstrapServers(), List.of(Topics.TELEMETRY.newTopic(Side.EDGE)));
  }

  /** The sequences of one partition in the order of its offsets; the other partitions are empty. */
  private static List<Long> sequences(KafkaNode node, int partition) {
    AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
    List<TopicPartition> partitions =
        IntStream.range(0, 4).mapToObj(p -> new TopicPartition("telemetry", p)).toList();
    List<Long> sequences = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", node.bootstrapServers(), "auto.offset.reset", "none"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          assertThat(record.partition()).isEqualTo(partition);
          sequences.add(
              ((Decoded.Value<Telemetry>) decoder.decode(record.value())).value().getSequence());
        }
      }
    }
    return sequences;
  }
}
