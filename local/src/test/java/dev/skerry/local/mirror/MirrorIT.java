package dev.skerry.local.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One site and its cloud, and what is between them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MirrorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int KEYS = 7;
  private static final String GROUP = "dashboard";
  private static final LinkUse USE =
      LinkUse.STANDARD.withDetections().withGroups(List.of("dash.*"));
  private static final List<Topic> MIRRORED =
      Stream.concat(Topics.mirroredFrom(Side.EDGE).stream(), Stream.of(Topics.DETECTIONS)).toList();

  @TempDir private static Path dir;
  private static KafkaNode edge;
  private static KafkaNode cloud;

  @BeforeAll
  static void start() throws Exception {
    edge = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("edge")));
    cloud = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("cloud")));
    createTopics(edge, cloud);
  }

  @AfterAll
  static void stop() {
    cloud.close();
    edge.close();
  }

  @Test
  @Order(1)
  void shouldCopyCommittedRecordsOnceInOrderAndNothingElse() {
    try (KafkaProducer<byte[], byte[]> producer = transactionalProducer(edge)) {
      commit(producer, 0, 500);
      abort(producer);
      assertThat(readAsTheGroup(edge, records(0, 500))).hasSize(500);
      RunningMirror first = RunningMirror.start(plan());
      awaitMirrored(edge, cloud, 500);
      assertThatContentIsCounted(first, 500);
      // Which offset stands for which is noted now and then; a group before the first note has no
      // place. Until more crosses, no note is past what the group has read.
      awaitThatTheGroupHasItsPlace(cloud);
      commit(producer, 500, 600);
      awaitMirrored(edge, cloud, 600);
      first.stop();
      commit(producer, 600, 1000);
      RunningMirror second = RunningMirror.upwards(plan());
      awaitMirrored(edge, cloud, 1000);
      second.requestStop(); // It takes seconds.
      assertThat(readAsTheGroup(cloud, records(500, 1000))).hasSizeBetween(500, 999);
      second.stop();
    }
    List<MirrorReport> reports = reports(edge, cloud);
    assertThat(reports).allMatch(MirrorReport::addsUp);
    assertThat(reports).allMatch(report -> report.cloud() == 1000);
    assertThat(topicsWithRecords(cloud)).containsExactlyInAnyOrderElementsOf(names(MIRRORED));
  }

  @Test
  @Order(2)
  void shouldNameWhatRetentionTookBeforeItCrossed() throws Exception {
    try (OvertakenMirror overtaken = new OvertakenMirror(plan(), edge, cloud, dir)) {
      overtaken.losesTwoMinutesOfAPartition();
    }
  }

  /** It is the last, as the cloud does not come back. */
  @Test
  @Order(3)
  void shouldStopSoonAlsoWhileItsCloudIsAway() {
    try (KafkaProducer<byte[], byte[]> producer = transactionalProducer(edge)) {
      RunningMirror mirror = RunningMirror.upwards(plan());
      commit(producer, 1000, 1100);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(mirror.total("content.records")).isPositive());
      cloud.close();
      commit(producer, 1100, 1200);
      mirror.stopWithin(Duration.ofSeconds(20));
    }
  }

  private static MirrorPlan plan() {
    return MirrorPlan.of("edge", edge.bootstrapServers(), cloud.bootstrapServers(), USE);
  }

  private static void assertThatContentIsCounted(RunningMirror mirror, int recordsEach) {
    assertThat(mirror.total("content.records")).isEqualTo(recordsEach * MIRRORED.size());
    // A key is "device-n" and a value "record n" to "record nnn".
    assertThat(mirror.total("content.bytes"))
        .isBetween(16.0 * recordsEach * MIRRORED.size(), 18.0 * recordsEach * MIRRORED.size());
    assertThat(mirror.total("batch.bytes")).isPositive();
  }

  /** Where a group stood at the edge, as far as that is known in the cloud. */
  private static void awaitThatTheGroupHasItsPlace(KafkaNode cloud) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cloud.bootstrapServers()))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(places(admin)).hasSize(partitionsInUse()));
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> places(Admin admin) throws Exception {
    return admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
  }

  private static int partitionsInUse() {
    return IntStream.range(0, KEYS)
        .map(key -> Utils.toPositive(Utils.murmur2(key(key))) % Topics.AGGREGATES.partitions())
        .boxed()
        .collect(Collectors.toSet())
        .size();
  }

  /** Goes on where the group stood until all that is expected has come, and commits. */
  private static List<String> readAsTheGroup(KafkaNode node, List<String> expected) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", node.bootstrapServers(),
                "group.id", GROUP,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.AGGREGATES.name()));
      await()
          .atMost(PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> values.add(new String(record.value(), UTF_8)));
                return new HashSet<>(values).containsAll(expected);
              });
      consumer.commitSync();
    }
    return values;
  }

  private static List<String> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "record " + number).toList();
  }

  private static byte[] key(int number) {
    return ("device-" + number % KEYS).getBytes(UTF_8);
  }

  private static void awaitMirrored(KafkaNode edge, KafkaNode cloud, long recordsEach) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(reports(edge, cloud))
                    .allSatisfy(report -> assertThat(report.cloud()).isEqualTo(recordsEach)));
  }

  private static List<MirrorReport> reports(KafkaNode edge, KafkaNode cloud) {
    return Audit.mirrored(edge.bootstrapServers(), cloud.bootstrapServers(), MIRRORED);
  }

  private static void createTopics(KafkaNode edge, KafkaNode cloud) throws Exception {
    try (Admin atTheEdge = Admin.create(Map.of("bootstrap.servers", edge.bootstrapServers()));
        Admin inTheCloud = Admin.create(Map.of("bootstrap.servers", cloud.bootstrapServers()))) {
      TopicSetup.ensure(atTheEdge, Side.EDGE);
      TopicSetup.ensure(inTheCloud, Side.CLOUD);
      TopicSetup.ensure(inTheCloud, Side.CLOUD);
    }
  }

  private static KafkaProducer<byte[], byte[]> transactionalProducer(KafkaNode node) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", node.bootstrapServers(), "transactional.id", "test-0"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static void commit(KafkaProducer<byte[], byte[]> producer, int from, int to) {
    producer.beginTransaction();
    sendToAll(producer, from, to);
    producer.commitTransaction();
  }

  private static void abort(KafkaProducer<byte[], byte[]> producer) {
    producer.beginTransaction();
    sendToAll(producer, -10, 0);
    producer.flush();
    producer.abortTransaction();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The commit throws what a send could not do.
  private static void sendToAll(KafkaProducer<byte[], byte[]> producer, int from, int to) {
    for (Topic topic : MIRRORED) {
      for (int i = from; i < to; i++) {
        byte[] value = ("record " + i).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic.name(), key(Math.abs(i)), value));
      }
    }
  }

  private static List<String> names(List<Topic> topics) {
    return topics.stream().map(Topic::name).toList();
  }

  /** Topics of the catalogue that have records in the cloud. */
  private static Set<String> topicsWithRecords(KafkaNode cloud) {
    try (TopicReader reader = new TopicReader(cloud.bootstrapServers())) {
      Set<String> topics = new HashSet<>();
      Set<String> names = new HashSet<>(names(Topics.at(Side.CLOUD)));
      names.add(Topics.DETECTIONS.name()); // The mirror made it.
      List<TopicPartition> partitions = reader.partitions(names);
      reader.readToEnd(reader.beginnings(partitions), record -> topics.add(record.topic()));
      return topics;
    }
  }
}
