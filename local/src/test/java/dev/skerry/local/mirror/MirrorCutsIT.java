package dev.skerry.local.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.KafkaNode;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkProxy;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts of every kind while records come, with the mirror's supervisor on its own. */
class MirrorCutsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Topic> MIRRORED = Topics.mirroredFrom(Side.EDGE);

  @TempDir private Path dir;

  @Test
  void shouldLoseAndDoubleNothingThroughCutsOfEveryKind() throws Exception {
    int linkEnd = freePort();
    try (LinkProxy link =
            LinkProxy.start(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), linkEnd));
        KafkaNode edge = KafkaNode.start(KafkaNode.Settings.of(dir.resolve("edge")));
        KafkaNode cloud =
            KafkaNode.start(
                KafkaNode.Settings.of(dir.resolve("cloud"))
                    .withListener("LINK", linkEnd, link.address()))) {
      createTopics(edge, cloud);
      link.set(new LinkCondition.Cut()); // There is no cloud yet when the site starts.
      RunningMirror mirror = RunningMirror.start(edge.bootstrapServers(), link.address());
      try (Feed feed = new Feed(edge)) {
        link.set(new LinkCondition.Open());
        awaitMore(cloud);
        link.set(new LinkCondition.Cut());
        feed.awaitMore(200);
        link.set(new LinkCondition.Open());
        awaitMore(cloud);
        // Longer than a transaction lives: the flows are fenced when they come back.
        link.set(new LinkCondition.Silent());
        awaitElapsed(MirrorFlow.TRANSACTION_TIMEOUT.plusSeconds(3));
        link.set(new LinkCondition.Open());
        awaitMore(cloud);
        link.set(new LinkCondition.Flapping(Duration.ofMillis(700), Duration.ofMillis(300)));
        feed.awaitMore(200);
        link.set(new LinkCondition.Open());
        awaitMore(cloud);
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(reports(edge, cloud)).allMatch(MirrorReport::addsUp));
      mirror.stop();
      assertThat(reports(edge, cloud)).allMatch(MirrorReport::addsUp);
    }
  }

  private static List<MirrorReport> reports(KafkaNode edge, KafkaNode cloud) {
    return Audit.mirrored(edge.bootstrapServers(), cloud.bootstrapServers(), MIRRORED);
  }

  private static void createTopics(KafkaNode edge, KafkaNode cloud) throws Exception {
    try (Admin atTheEdge = Admin.create(Map.of("bootstrap.servers", edge.bootstrapServers()));
        Admin inTheCloud = Admin.create(Map.of("bootstrap.servers", cloud.bootstrapServers()))) {
      TopicSetup.ensure(atTheEdge, Side.EDGE);
      TopicSetup.ensure(inTheCloud, Side.CLOUD);
    }
  }

  /** Waits until every topic has got more records in the cloud than it has now. */
  private static void awaitMore(KafkaNode cloud) {
    try (TopicReader reader = new TopicReader(cloud.bootstrapServers())) {
      for (Topic topic : MIRRORED) {
        List<TopicPartition> partitions = reader.partitions(List.of(topic.name()));
        long before = total(reader.ends(partitions));
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> total(reader.ends(partitions)) > before);
      }
    }
  }

  private static long total(Map<TopicPartition, Long> ends) {
    return ends.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void awaitElapsed(Duration time) {
    long sinceNanos = System.nanoTime();
    await()
        .atMost(time.multipliedBy(2))
        .until(() -> System.nanoTime() - sinceNanos > time.toNanos());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Writes to all mirrored topics for as long as it is open, some dozens a second. */
  private static final class Feed implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "feed");
    private volatile long sent;

    Feed(KafkaNode edge) {
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", edge.bootstrapServers(), "linger.ms", 20),
              new ByteArraySerializer(),
              new ByteArraySerializer());
      thread.start();
    }

    private void run() {
      while (!stop.get()) {
        long number = sent + 1;
        for (Topic topic : MIRRORED) {
          byte[] key = {(byte) (number % 7)};
          byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
          var unused = producer.send(new ProducerRecord<>(topic.name(), key, value));
        }
        producer.flush();
        sent = number;
      }
    }

    void awaitMore(long records) {
      long before = sent;
      await().atMost(PATIENCE).until(() -> sent > before + records);
    }

    @Override
    public void close() {
      stop.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      producer.close();
    }
  }
}
