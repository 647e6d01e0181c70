package dev.skerry.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaNodeIT {

  private static final TopicPartition PARTITION = new TopicPartition("readings", 0);

  @Test
  void shouldKeepItsRecordsOverARestart(@TempDir Path dir) throws Exception {
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      createTopic(node);
      produce(node, "a", "b");
    }
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      produceInTransaction(node, "c");
      // The producer is told before the broker has marked the partition.
      await().untilAsserted(() -> assertThat(records(node)).containsExactly("a", "b", "c"));
    }
  }

  @Test
  void shouldRunTwiceInOneJvm(@TempDir Path dir) throws Exception {
    try (KafkaNode edge = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("edge")));
        KafkaNode cloud = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("cloud")))) {
      createTopic(edge);
      createTopic(cloud);
      produce(edge, "at the edge");
      produce(cloud, "in the cloud");
      assertThat(records(edge)).containsExactly("at the edge");
      assertThat(records(cloud)).containsExactly("in the cloud");
    }
  }

  @Test
  void shouldNameThePortThatIsTaken(@TempDir Path dir) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      KafkaNode.Settings settings = KafkaNode.Settings.of(dir);
      assertThatThrownBy(() -> KafkaNode.start(settings.withPort(port)))
          .isInstanceOf(PortTakenException.class)
          .hasMessageStartingWith("Port " + port + " on 127.0.0.1 is taken:");
      assertThatThrownBy(() -> KafkaNode.start(settings.withControllerPort(port)))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining("Port " + port);
    }
  }

  @Test
  void shouldRefuseADirectoryThatAnotherNodeUses(@TempDir Path dir) {
    try (KafkaNode first = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      assertThatThrownBy(() -> KafkaNode.start(KafkaNode.Settings.of(dir)))
          .isInstanceOf(KafkaNodeException.class)
          .hasMessageContaining(dir.toString());
      assertThat(first.port()).isPositive();
    }
  }

  @Test
  void shouldServeAFurtherListenerAndAdvertiseItElsewhere(@TempDir Path dir) throws Exception {
    int boundPort = freePort();
    KafkaNode.Settings settings =
        KafkaNode.Settings.of(dir).withListener("LINK", boundPort, "localhost:" + boundPort);
    try (KafkaNode node = KafkaNode.start(settings);
        Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + boundPort))) {
      assertThat(admin.describeCluster().controller().get().host()).isEqualTo("localhost");
      assertThat(node.port()).isNotEqualTo(boundPort);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void createTopic(KafkaNode node) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      NewTopic topic = new NewTopic(PARTITION.topic(), 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get();
      TopicCreation.awaitLeaders(admin, Map.of(PARTITION.topic(), 1));
    }
  }

  private static void produce(KafkaNode node, String... values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(node, Map.of())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(PARTITION.topic(), value.getBytes(UTF_8))).get();
      }
    }
  }

  private static void produceInTransaction(KafkaNode node, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        producer(node, Map.of("transactional.id", "writer-0"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(PARTITION.topic(), value.getBytes(UTF_8))).get();
      producer.commitTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(KafkaNode node, Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(more);
    config.put("bootstrap.servers", node.bootstrapServers());
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static List<String> records(KafkaNode node) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", node.bootstrapServers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "none");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seek(PARTITION, 0);
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      while (consumer.position(PARTITION) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.add(new String(record.value(), UTF_8)));
      }
    }
    return values;
  }
}
