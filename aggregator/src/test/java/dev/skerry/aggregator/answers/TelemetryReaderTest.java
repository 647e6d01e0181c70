package dev.skerry.aggregator.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TelemetryReaderTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final TelemetryReader reader = new TelemetryReader(consumer);

  @Test
  void shouldEndWhereTheLogEndsAlsoWhereABrokerHasLostWhatWasAnswered() {
    log(0, 3);
    consumer.schedulePollTask(() -> add(0, 3));
    assertThat(reader.look(PARTITION, new OffsetSet.Range(0, 10)).records().ranges())
        .containsExactly(new OffsetSet.Range(0, 3));
  }

  @Test
  void shouldGoOnAtTheNewBeginningWhereRetentionTakesWhatItWasToRead() {
    log(0, 6);
    consumer.schedulePollTask(() -> add(0, 2));
    consumer.schedulePollTask(
        () -> {
          log(4, 6);
          consumer.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 2L)));
        });
    consumer.schedulePollTask(() -> add(4, 6));
    Telemetry.Found found = reader.look(PARTITION, new OffsetSet.Range(0, 6));
    assertThat(found.logStart()).isEqualTo(4);
    assertThat(found.records().ranges()).isEqualTo(List.of(new OffsetSet.Range(4, 6)));
  }

  private void log(long first, long end) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, first));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
  }

  private void add(long first, long end) {
    for (long offset = first; offset < end; offset++) {
      consumer.addRecord(new ConsumerRecord<>("telemetry", 0, offset, new byte[0], new byte[0]));
    }
  }
}
