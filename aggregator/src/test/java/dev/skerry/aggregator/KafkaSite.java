package dev.skerry.aggregator;

import dev.skerry.broker.CommittedRecords;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker with all topics of a site, and an independent reader of what is committed. */
final class KafkaSite implements AutoCloseable {

  private final KafkaNode node;
  private final CommittedRecords reader;

  KafkaSite(Path dataDir) throws Exception {
    this(dataDir, Side.EDGE);
  }

  /** A site's broker of which one topic keeps the times that its writer gives. */
  static KafkaSite withTimesOfWriters(Path dataDir, Topic topic) throws Exception {
    return new KafkaSite(
        dataDir,
        Topics.at(Side.EDGE).stream()
            .map(each -> each.newTopic(each.equals(topic) ? Side.CLOUD : Side.EDGE))
            .toList());
  }

  /** A broker with the topics of one side. */
  KafkaSite(Path dataDir, Side side) throws Exception {
    this(dataDir, Topics.newTopics(side));
  }

  private KafkaSite(Path dataDir, List<NewTopic> topics) throws Exception {
    node = KafkaNode.start(KafkaNode.Settings.of(dataDir));
    reader = new CommittedRecords(node.bootstrapServers());
    TopicCreation.create(node.bootstrapServers(), topics);
  }

  String bootstrapServers() {
    return node.bootstrapServers();
  }

  void delete(Topic topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      admin.deleteTopics(List.of(topic.name())).all().get();
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers(), "linger.ms", 5, "batch.size", 65536),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Appends one record and returns when it is acknowledged. */
  void append(Topic topic, byte @Nullable [] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.send(new ProducerRecord<>(topic.name(), new byte[] {7}, value)).get();
    }
  }

  /** Returns when all of these are acknowledged. */
  static void awaitAll(List<Future<RecordMetadata>> acknowledgements) {
    try {
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("A record was not acknowledged", e);
    }
  }

  /** Everything in a topic that a reader of committed records sees now. */
  List<ConsumerRecord<byte[], byte[]>> committed(Topic topic) {
    return reader.in(topic.name());
  }

  @Override
  public void close() {
    reader.close();
    node.close();
  }
}
