package dev.skerry.inference.testing;

import dev.skerry.broker.CommittedRecords;
import dev.skerry.broker.KafkaNode;
import dev.skerry.broker.TopicCreation;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the catalogue's topics, and clients of it that are none of the service's. */
public final class Edge implements AutoCloseable {

  private final String bootstrapServers;
  private final Runnable stopBroker;
  private CommittedRecords reader;

  private Edge(String bootstrapServers, Runnable stopBroker) {
    this.bootstrapServers = bootstrapServers;
    this.stopBroker = stopBroker;
    this.reader = new CommittedRecords(bootstrapServers);
  }

  /** A node in this process, with its topics. */
  public static Edge start(Path directory) throws Exception {
    KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(directory));
    return at(node.bootstrapServers(), node::close);
  }

  /** A broker that runs already, with its topics. */
  public static Edge at(String bootstrapServers, Runnable stopBroker) throws Exception {
    TopicCreation.create(bootstrapServers, Topics.newTopics(Side.EDGE));
    return new Edge(bootstrapServers, stopBroker);
  }

  /** Takes away all records of topics that keep every record: the next test begins with none. */
  public void empty() throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (Topic topic : Topics.at(Side.EDGE)) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        if (topic.cleanup() == Topic.Cleanup.DELETE) {
          ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
      }
    }
    try (Admin admin = admin()) {
      Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
      admin
          .listOffsets(ends)
          .all()
          .get()
          .forEach(
              (partition, end) ->
                  deletions.put(partition, RecordsToDelete.beforeOffset(end.offset())));
      admin.deleteRecords(deletions).all().get();
    }
    reader.close();
    reader = new CommittedRecords(bootstrapServers);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** A device's producer, with Java's own partitioner. */
  public KafkaProducer<byte[], byte[]> producer() {
    return producer(Map.of());
  }

  /** A producer with more settings. */
  public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "max.request.size",
                Topics.MAX_WRAPPED_BYTES,
                "linger.ms",
                5));
    settings.putAll(more);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** All that a read_committed reader sees, partition by partition in the order of the log. */
  public List<ConsumerRecord<byte[], byte[]>> readAll(Topic topic) {
    return reader.in(topic.name());
  }

  /** How many answers there are: detections, dead letters, and what is left to the cloud. */
  public int answers() {
    return Stream.of(Topics.DETECTIONS, Topics.DEAD_LETTERS, Topics.TELEMETRY_OVERFLOW)
        .mapToInt(topic -> readAll(topic).size())
        .sum();
  }

  @Override
  public void close() {
    reader.close();
    stopBroker.run();
  }
}
