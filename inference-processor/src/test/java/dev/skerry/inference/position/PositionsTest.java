package dev.skerry.inference.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.metrics.InferenceMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PositionsTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Positions positions =
      new Positions(consumer, new InferenceMetrics(registry, List.of()));

  @Test
  void shouldOutlastABrokerThatGoesAwayBeforeItSaysWhereTheLogBegins() {
    consumer.assign(List.of(PARTITION));
    consumer.seek(PARTITION, 10);
    consumer.updateBeginningOffsets(Map.of(PARTITION, 25L));
    OffsetOutOfRangeException gone = new OffsetOutOfRangeException(Map.of(PARTITION, 10L));

    consumer.setOffsetsException(new TimeoutException("no broker"));
    positions.leaveGap(gone);
    assertThat(consumer.position(PARTITION)).isEqualTo(10);
    assertThat(overtaken()).isZero();

    positions.leaveGap(gone);
    assertThat(consumer.position(PARTITION)).isEqualTo(25);
    assertThat(overtaken()).isEqualTo(15);
  }

  private double overtaken() {
    return registry.get("skerry.inference.overtaken.records").counter().count();
  }
}
