package dev.skerry.inference.overflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.decode.TelemetryDecoder;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.testing.Records;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverflowTest {

  private static final TopicPartition PARTITION = new TopicPartition("telemetry", 2);
  private static final long APPENDED_MILLIS = 1_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final TelemetryDecoder decoder = new TelemetryDecoder(WriterSchemas.catalogue());
  private Diversion overflow = Diversion.NONE;

  @BeforeEach
  void assignPartition() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 100L));
    consumer.seek(PARTITION, 10);
    overflow = overflow(1, "pump");
  }

  @Test
  void shouldBeginAboveOneLimitAndEndBelowAnother() {
    assertThat(takesAfterWaiting(30)).isFalse();
    assertThat(takesAfterWaiting(31)).isTrue();
    assertThat(takesAfterWaiting(6)).isTrue();
    assertThat(takesAfterWaiting(5)).isTrue();
    assertThat(takesAfterWaiting(4)).isFalse();
    assertThat(takesAfterWaiting(20)).isFalse();
  }

  @Test
  void shouldEndWhereNothingWaitsOrThePartitionIsSomebodyElses() {
    takesAfterWaiting(31);
    overflow.answered();
    assertThat(partitions()).isEqualTo(1);
    consumer.seek(PARTITION, 100);
    overflow.answered();
    assertThat(partitions()).isZero();

    takesAfterWaiting(31);
    assertThat(partitions()).isEqualTo(1);
    consumer.assign(List.of(new TopicPartition("telemetry", 3)));
    overflow.answered();
    assertThat(partitions()).isZero();
  }

  @Test
  void shouldLeaveOtherPartitionsAndStreamsAlone() {
    takesAfterWaiting(31);
    ConsumerRecord<byte[], byte[]> elsewhere = record("telemetry", 1, "d", new byte[0]);
    assertThat(overflow.takes(elsewhere, view("d", "pump"))).isFalse();
    assertThat(overflow.takes(source("d"), view("d", "fan"))).isFalse();
  }

  @Test
  void shouldTakeTheSameShareOfTheDevicesEachTime() {
    overflow = overflow(0.3, "pump");
    Diversion another = overflow(0.3, "pump", "fan");
    Diversion more = overflow(0.6, "pump");
    ConsumerRecord<byte[], byte[]> old = source("d");
    List.of(overflow, another, more).forEach(each -> each.polled(old, APPENDED_MILLIS + 31_000));
    int taken = 0;
    for (int device = 0; device < 2_000; device++) {
      TelemetryView view = view("machine-" + device, "pump");
      boolean isTaken = overflow.takes(old, view);
      assertThat(another.takes(old, view)).isEqualTo(isTaken);
      assertThat(isTaken && !more.takes(old, view)).isFalse();
      taken += isTaken ? 1 : 0;
    }
    assertThat(taken).isBetween(520, 680);
  }

  @Test
  void shouldAnswerHereWhatDoesNotFitTheTopicWithItsHeader() {
    takesAfterWaiting(31);
    TelemetryView small = view("d", "pump");
    byte[] key = new byte[Topics.TELEMETRY_OVERFLOW.maxMessageBytes() - small.bytes().length];
    assertThat(overflow.takes(record("telemetry", 2, new String(key, UTF_8), key), small))
        .isFalse();
  }

  @Test
  void shouldCarryTheRecordAndWhereItStood() {
    ConsumerRecord<byte[], byte[]> source = source("d");
    source.headers().add("trace", new byte[] {7});
    source.headers().add(SourceHeader.NAME, "forged/0/0/0".getBytes(UTF_8));
    TelemetryView view = view("d", "pump");
    ProducerRecord<byte[], byte[]> record = OverflowRecord.of(source, view);
    assertThat(record.topic()).isEqualTo("telemetry-overflow");
    assertThat(record.key()).isEqualTo("d".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(view.record());
    assertThat(record.headers().lastHeader("trace").value()).containsExactly(7);
    assertThat(record.headers().headers(SourceHeader.NAME)).hasSize(1);
    assertThat(SourceHeader.read(record.headers()))
        .contains(new SourceRef("telemetry", 2, 10L, Instant.ofEpochMilli(APPENDED_MILLIS)));
  }

  @Test
  void shouldDoNothingWhereTheShareIsNone() {
    assertThat(overflow(0)).isSameAs(Diversion.NONE);
  }

  private boolean takesAfterWaiting(long seconds) {
    ConsumerRecord<byte[], byte[]> source = source("d");
    overflow.polled(source, APPENDED_MILLIS + seconds * 1000);
    return overflow.takes(source, view("d", "pump"));
  }

  private double partitions() {
    return registry.get("skerry.inference.overflow.partitions").gauge().value();
  }

  private Diversion overflow(double share, String... streams) {
    registry.clear();
    return new OverflowState(new Rule(share, List.of(streams)), registry).forWorker(consumer);
  }

  private TelemetryView view(String device, String stream) {
    TelemetryView view = new TelemetryView();
    byte[] value = Records.encode(Records.readings(device, stream, 1, 1, 2, 1f, 2f));
    assertThat(decoder.decode(Records.fetched(value), view)).isSameAs(view);
    return view;
  }

  private static ConsumerRecord<byte[], byte[]> source(String key) {
    return record("telemetry", 2, key, key.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, int partition, String name, byte[] key) {
    return new ConsumerRecord<>(
        topic,
        partition,
        10,
        APPENDED_MILLIS,
        TimestampType.LOG_APPEND_TIME,
        name.length(),
        0,
        key,
        new byte[0],
        new RecordHeaders(),
        Optional.empty());
  }

  /** The limits that are the defaults. */
  private record Rule(double share, List<String> named) implements OverflowConfig {

    @Override
    public Optional<List<String>> streams() {
      return named.isEmpty() ? Optional.empty() : Optional.of(named);
    }

    @Override
    public Duration startLag() {
      return Duration.ofSeconds(30);
    }

    @Override
    public Duration stopLag() {
      return Duration.ofSeconds(5);
    }
  }
}
