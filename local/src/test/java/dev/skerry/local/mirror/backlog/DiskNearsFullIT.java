package dev.skerry.local.mirror.backlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.local.mirror.LinkUse;
import dev.skerry.local.mirror.MirrorFlow;
import dev.skerry.local.mirror.MirrorPlan;
import dev.skerry.local.mirror.keep.Keeping;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No cloud, and more waits for it than the site's disk is to hold. */
class DiskNearsFullIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MIB = 1 << 20;
  private static final long DISK_BYTES = 100L * MIB;
  private static final int URGENT_MIB = 3;
  private static final int BULK_MIB = 120;

  @TempDir private Path dir;

  @Test
  void shouldDropTheOldestOfBulkAndNothingUrgentAndSaySo() throws Exception {
    Map<String, String> quick = Map.of("log.retention.check.interval.ms", "500");
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    try (KafkaNode edge = KafkaNode.start(KafkaNode.Settings.of(dir).withProperties(quick));
        LinkWatch watch = watch(edge, metrics)) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", edge.bootstrapServers()))) {
        TopicSetup.ensure(admin, Side.EDGE);
      }
      write(edge, Topics.AGGREGATES, URGENT_MIB);
      RunningWatch running = RunningWatch.of(watch, metrics);
      await().atMost(PATIENCE).until(() -> value(metrics, "backlog.records", "aggregates") > 0);
      write(edge, Topics.RETRAINING_SAMPLES, BULK_MIB);
      await().atMost(PATIENCE).until(() -> running.overtaken("retraining-samples", 0) > 0);
      running.stop();

      assertThat(firstOffset(edge, Topics.RETRAINING_SAMPLES)).isPositive();
      assertThat(firstOffset(edge, Topics.AGGREGATES)).isZero();
      assertThat(running.overtaken("retraining-samples", 0))
          .isLessThanOrEqualTo((double) firstOffset(edge, Topics.RETRAINING_SAMPLES));
      assertThat(running.overtaken("retraining-samples", 1)).isZero();
      assertThat(running.overtaken("aggregates", 0)).isZero();
      assertThat(value(metrics, "backlog.records", "retraining-samples")).isPositive();
      assertThat(metrics.get("skerry.link.disk.bytes").gauge().value()).isEqualTo(DISK_BYTES);
    }
  }

  private static LinkWatch watch(KafkaNode edge, SimpleMeterRegistry metrics) {
    return new LinkWatch(
        MirrorPlan.of("site-a", edge.bootstrapServers(), "127.0.0.1:1", LinkUse.STANDARD),
        MirrorFlow::offsetsTopic,
        new Keeping.Contract(
            Duration.ofDays(3), /* managed= */ true, OptionalLong.of(DISK_BYTES), 0),
        metrics,
        InstantSource.system());
  }

  private static double value(SimpleMeterRegistry metrics, String name, String topic) {
    return metrics.get("skerry.link." + name).tag("topic", topic).gauge().value();
  }

  /** So many MiB to the first partition, which no compression makes smaller. */
  @SuppressWarnings("FutureReturnValueIgnored") // Flushed at the end, and counted by the test.
  private static void write(KafkaNode edge, Topic topic, int mebibytes) {
    Random random = new Random(1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", edge.bootstrapServers(), "max.request.size", 2 * MIB),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 2 * mebibytes; i++) {
        byte[] value = new byte[MIB / 2];
        random.nextBytes(value);
        producer.send(new ProducerRecord<>(topic.name(), 0, new byte[] {1}, value));
      }
      producer.flush();
    }
  }

  private static long firstOffset(KafkaNode edge, Topic topic) {
    TopicPartition first = new TopicPartition(topic.name(), 0);
    try (TopicReader reader = new TopicReader(edge.bootstrapServers())) {
      return reader.beginnings(List.of(first)).getOrDefault(first, -1L);
    }
  }
}
