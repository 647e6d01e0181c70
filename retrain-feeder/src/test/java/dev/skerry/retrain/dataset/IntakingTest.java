package dev.skerry.retrain.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.retrain.dataset.LabelledSamples.Made;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakingTest {

  private static final TopicPartition SAMPLES =
      new TopicPartition(Topics.RETRAINING_SAMPLES.name(), 0);
  private static final TopicPartition LABELS = new TopicPartition(Topics.LABELS.name(), 0);
  private static final Node[] NOBODY = {};

  /** Of the catalogue's block, and of no schema yet. */
  private static final int ID_OF_A_LATER_RELEASE = 1_900_000;

  @TempDir private Path dir;
  private final LabelledSamples made = new LabelledSamples();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void shouldGoOnWhereItWasAfterAKill() throws IOException {
    List<Made> samples = made.of("m-", 2, 5, 1);
    try (SampleStore store = open();
        MockConsumer<byte[], byte[]> consumer = consumer()) {
      Intaking intaking = intaking(store, consumer);
      intaking.begin();
      send(consumer, SAMPLES, 0, samples.get(0).sample());
      send(consumer, SAMPLES, 1, samples.get(1).sample());
      send(consumer, LABELS, 0, samples.get(0).label());
      while (intaking.poll(Duration.ZERO)) {
        assertThat(intaking.inputs()).isNotEmpty();
      }
      assertThat(intaking.inputs())
          .containsEntry("retraining-samples-0", 2L)
          .containsEntry("labels-0", 1L);
    }
    try (SampleStore store = open();
        MockConsumer<byte[], byte[]> consumer = consumer()) {
      intaking(store, consumer).begin();
      assertThat(consumer.position(SAMPLES)).isEqualTo(2);
      assertThat(consumer.position(LABELS)).isEqualTo(1);
      assertThat(new LabelledCounts(store, WriterSchemas.catalogue()).of(LabelledSamples.STREAM))
          .isEqualTo(1);
    }
  }

  @Test
  void shouldCountALabelThatComesBeforeItsSampleAndOneThatIsTakenBack() throws IOException {
    Made sample = made.of("m-", 1, 1, 1).get(0);
    try (SampleStore store = open();
        MockConsumer<byte[], byte[]> consumer = consumer()) {
      LabelledCounts counts = new LabelledCounts(store, WriterSchemas.catalogue());
      Intaking intaking = intaking(store, consumer, counts);
      intaking.begin();
      send(consumer, LABELS, 0, sample.label());
      intaking.poll(Duration.ZERO);
      assertThat(counts.of(LabelledSamples.STREAM)).isZero();
      send(consumer, SAMPLES, 0, sample.sample());
      intaking.poll(Duration.ZERO);
      assertThat(counts.of(LabelledSamples.STREAM)).isEqualTo(1);
      consumer.addRecord(record(LABELS, 1, sample.id().toString().getBytes(UTF_8), null));
      intaking.poll(Duration.ZERO);
      assertThat(counts.of(LabelledSamples.STREAM)).isZero();
    }
  }

  @Test
  void shouldPassOverWhatNobodyCanReadAndWaitForWhatALaterReleaseWrote() throws IOException {
    Made sample = made.of("m-", 1, 1, 1).get(0);
    try (SampleStore store = open();
        MockConsumer<byte[], byte[]> consumer = consumer()) {
      Intaking intaking = intaking(store, consumer);
      intaking.begin();
      send(consumer, SAMPLES, 0, new byte[] {9, 9});
      send(consumer, SAMPLES, 1, sample.sample());
      send(
          consumer,
          SAMPLES,
          2,
          ByteBuffer.allocate(16).put((byte) 0).putInt(ID_OF_A_LATER_RELEASE).array());
      send(consumer, SAMPLES, 3, sample.sample());
      intaking.poll(Duration.ZERO);
      assertThat(intaking.inputs()).containsEntry("retraining-samples-0", 2L);
      assertThat(consumer.paused()).containsExactly(SAMPLES);
      assertThat(consumer.position(SAMPLES)).isEqualTo(2);
      assertThat(metrics.counter("skerry.dataset.unreadable").count()).isEqualTo(1);
      assertThat(store.sample(sample.id())).isPresent();
    }
  }

  private SampleStore open() throws IOException {
    return SampleStore.open(dir.resolve("store"));
  }

  private Intaking intaking(SampleStore store, MockConsumer<byte[], byte[]> consumer) {
    return intaking(store, consumer, new LabelledCounts(store, WriterSchemas.catalogue()));
  }

  private Intaking intaking(
      SampleStore store, MockConsumer<byte[], byte[]> consumer, LabelledCounts counts) {
    return new Intaking(
        consumer,
        store,
        WriterSchemas.catalogue(),
        counts,
        new IntakeMetrics(metrics),
        Clock.systemUTC());
  }

  private static MockConsumer<byte[], byte[]> consumer() {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    for (TopicPartition partition : List.of(SAMPLES, LABELS)) {
      consumer.updatePartitions(
          partition.topic(),
          List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), NOBODY, NOBODY)));
    }
    consumer.updateBeginningOffsets(Map.of(SAMPLES, 0L, LABELS, 0L));
    return consumer;
  }

  private static void send(
      MockConsumer<byte[], byte[]> consumer, TopicPartition to, long offset, byte[] value) {
    consumer.addRecord(record(to, offset, new byte[] {1}, value));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      TopicPartition to, long offset, byte[] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(to.topic(), to.partition(), offset, key, value);
  }
}
