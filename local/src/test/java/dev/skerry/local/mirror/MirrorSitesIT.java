package dev.skerry.local.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.audit.RecordFilter;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several sites in one cloud, with the same keys; {@code -Dmirror.sites=3} for more of them. How
 * long the others wait when one dies is measured by {@code bench/prove sites}.
 */
class MirrorSitesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SITES = Integer.getInteger("mirror.sites", 2);
  private static final int RECORDS = 300;
  private static final int KEYS = 7;
  private static final List<Topic> TOPICS = List.of(Topics.AGGREGATES, Topics.RETRAINING_SAMPLES);

  @TempDir private Path dir;

  @Test
  void shouldKeepSitesApartAlsoWhenOneDiesInsideATransactionForGood() throws Exception {
    List<KafkaNode> edges = new ArrayList<>();
    List<RunningMirror> mirrors = new ArrayList<>();
    try (KafkaNode cloud = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("cloud")))) {
      createTopics(cloud, Side.CLOUD);
      dieInsideATransaction(cloud);
      for (int number = 1; number <= SITES; number++) {
        String site = "site-" + number;
        KafkaNode edge = KafkaNode.start(KafkaNode.Settings.of(dir.resolve(site)));
        edges.add(edge);
        createTopics(edge, Side.EDGE);
        write(edge, site);
        mirrors.add(
            RunningMirror.upwards(
                MirrorPlan.of(
                    site, edge.bootstrapServers(), cloud.bootstrapServers(), LinkUse.STANDARD)));
      }
      for (int number = 1; number <= SITES; number++) {
        KafkaNode edge = edges.get(number - 1);
        String site = "site-" + number;
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(reports(edge, cloud, site))
                        .allMatch(MirrorReport::addsUp)
                        .allMatch(report -> report.cloud() == RECORDS));
      }
      assertThat(reports(edges.get(0), cloud, "site-dead")).allMatch(report -> report.cloud() == 0);
      for (RunningMirror mirror : mirrors) {
        assertThat(mirror.total("sent.records")).isGreaterThanOrEqualTo(RECORDS * TOPICS.size());
        assertThat(mirror.total("sent.bytes")).isGreaterThan(mirror.total("batch.bytes"));
      }
      mirrors.forEach(RunningMirror::requestStop); // Each takes seconds.
      mirrors.forEach(RunningMirror::stop);
    } finally {
      edges.forEach(KafkaNode::close);
    }
  }

  private static List<MirrorReport> reports(KafkaNode edge, KafkaNode cloud, String site) {
    RecordFilter ofTheSite = record -> new String(record.value(), UTF_8).startsWith(site + "/");
    return Audit.mirrored(edge.bootstrapServers(), cloud.bootstrapServers(), TOPICS, ofTheSite);
  }

  private static void createTopics(KafkaNode node, Side side) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", node.bootstrapServers()))) {
      TopicSetup.ensure(admin, side);
    }
  }

  /** As a mirror does whose site loses its power: nobody ends its transaction but the broker. */
  private static void dieInsideATransaction(KafkaNode cloud) {
    KafkaProducer<byte[], byte[]> dying =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                cloud.bootstrapServers(),
                "transactional.id",
                "site-dead",
                "transaction.timeout.ms",
                (int) MirrorFlow.TRANSACTION_TIMEOUT.toMillis()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    dying.initTransactions();
    dying.beginTransaction();
    send(dying, "site-dead");
    dying.flush();
    dying.close(Duration.ZERO);
  }

  private static void write(KafkaNode edge, String site) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", edge.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      send(producer, site);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What did not arrive is missing in the end.
  private static void send(KafkaProducer<byte[], byte[]> producer, String site) {
    for (Topic topic : TOPICS) {
      for (int number = 0; number < RECORDS; number++) {
        byte[] key = ("device-" + number % KEYS).getBytes(UTF_8);
        producer.send(
            new ProducerRecord<>(topic.name(), key, (site + "/" + number).getBytes(UTF_8)));
      }
    }
  }
}
