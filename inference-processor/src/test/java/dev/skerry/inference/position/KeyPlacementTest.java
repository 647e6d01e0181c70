package dev.skerry.inference.position;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.metrics.InferenceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyPlacementTest {

  private static final String TOPIC = "telemetry";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final KeyPlacement placement =
      new KeyPlacement(consumer, new InferenceMetrics(registry, List.of()));

  @BeforeEach
  void fourPartitions() {
    partitions(4);
  }

  @Test
  void shouldCountNothingWhereKeysAreWhereJavasClientPutsThem() {
    for (int device = 0; device < 100; device++) {
      String key = "pump-" + device;
      placement.look(record(key, BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 4)));
    }
    assertThat(misplaced()).isZero();
  }

  @Test
  void shouldCountRecordsThatAreElsewhereOrHaveNoKey() {
    int home = BuiltInPartitioner.partitionForKey("pump-7".getBytes(UTF_8), 4);
    IntStream.range(0, 4).forEach(partition -> placement.look(record("pump-7", partition)));
    assertThat(misplaced()).isEqualTo(3);
    placement.look(record(null, home));
    assertThat(misplaced()).isEqualTo(4);
  }

  @Test
  void shouldLearnThatTheTopicHasGrown() {
    String key = movedBy(4, 8);
    placement.look(record(key, BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 4)));
    partitions(8);
    placement.look(record(key, BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), 8)));
    assertThat(misplaced()).isZero();
  }

  private void partitions(int count) {
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        TOPIC,
        IntStream.range(0, count)
            .mapToObj(p -> new PartitionInfo(TOPIC, p, node, new Node[] {node}, new Node[] {node}))
            .toList());
  }

  private static String movedBy(int before, int after) {
    return IntStream.range(0, 1000)
        .mapToObj(device -> "pump-" + device)
        .filter(
            key ->
                BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), before)
                    != BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), after))
        .findFirst()
        .orElseThrow();
  }

  private double misplaced() {
    return registry.get("skerry.inference.misplaced.keys").counter().count();
  }

  private static ConsumerRecord<byte[], byte[]> record(@Nullable String key, int partition) {
    byte[] bytes = key == null ? null : key.getBytes(UTF_8);
    return new ConsumerRecord<>(TOPIC, partition, 0, bytes, new byte[0]);
  }
}
