package dev.skerry.service.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParkingConsumerTest {

  private static final int KNOWN = 1_000_001;
  private static final int NEWER = 1_000_900;
  private static final int FOREIGN = 4711;
  private static final TopicPartition FIRST = new TopicPartition(Topics.DETECTIONS.name(), 0);
  private static final TopicPartition SECOND = new TopicPartition(Topics.DETECTIONS.name(), 1);
  private static final TopicPartition CLAIMS = new TopicPartition("x-claims-repartition", 0);

  private final AtomicLong nanos = new AtomicLong();
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private final MockConsumer<byte[], byte[]> mock = new MockConsumer<>("earliest");
  private Parking parking = Parking.of(WriterSchemas.catalogue(), nanos::get, Topics.DETECTIONS);
  private Consumer<byte[], byte[]> consumer = ParkingConsumer.around(mock, parking, Traces.OFF);

  @BeforeEach
  void assign() {
    parking.bindTo(metrics, "test");
    mock.assign(List.of(FIRST, SECOND, CLAIMS));
    mock.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L, CLAIMS, 0L));
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void shouldHandOverWhatCanBeReadAndWhatNeverWillBe() {
    add(FIRST, 0, KNOWN);
    add(FIRST, 1, FOREIGN);
    mock.addRecord(new ConsumerRecord<>(FIRST.topic(), 0, 2, null, new byte[] {0, 1}));
    mock.addRecord(new ConsumerRecord<>(FIRST.topic(), 0, 3, null, null));
    add(CLAIMS, 0, NEWER);
    assertThat(offsets(poll(), FIRST)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(waiting()).isZero();
  }

  @Test
  void shouldStandStillBeforeARecordOfANewerReleaseAndLetTheOthersPass() {
    add(FIRST, 0, KNOWN);
    add(FIRST, 1, NEWER);
    add(FIRST, 2, KNOWN);
    add(SECOND, 0, KNOWN);

    ConsumerRecords<byte[], byte[]> polled = poll();
    assertThat(offsets(polled, FIRST)).containsExactly(0L);
    assertThat(offsets(polled, SECOND)).containsExactly(0L);
    assertThat(polled.nextOffsets()).containsEntry(FIRST, new OffsetAndMetadata(1));
    assertThat(consumer.position(FIRST)).isEqualTo(1);
    assertThat(consumer.paused()).containsExactly(FIRST);
    assertThat(waiting()).isEqualTo(1);
    assertThat(parking.isWaiting()).isTrue();

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
    assertThat(poll().isEmpty()).isTrue();
    assertThat(consumer.paused()).containsExactly(FIRST);
    assertThat(parking.isWaiting()).as("it polls, so it is alive").isTrue();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
    assertThat(parking.isWaiting()).as("nobody polls any more").isFalse();
  }

  @Test
  void shouldStandStillAgainWhenStreamsResumesThePartition() {
    add(FIRST, 0, NEWER);
    assertThat(poll().isEmpty()).isTrue();
    consumer.resume(List.of(FIRST));
    add(FIRST, 0, NEWER);
    assertThat(poll().isEmpty()).isTrue();
    assertThat(consumer.position(FIRST)).isZero();
    assertThat(metrics.get("skerry.parked.records").functionCounter().count()).isEqualTo(1);
  }

  @Test
  void shouldForgetPartitionsThatAnotherReaderHas() {
    add(FIRST, 0, NEWER);
    poll();
    mock.assign(List.of(SECOND));
    poll();
    assertThat(waiting()).isZero();
    assertThat(parking.isWaiting()).isFalse();
  }

  @Test
  void shouldGoOnOnceTheRegistryKnowsTheSchema() throws IOException {
    HttpServer registry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AtomicLong status = new AtomicLong(503);
    registry.createContext(
        "/schemas/ids/" + NEWER,
        exchange -> {
          byte[] body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders((int) status.get(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    registry.start();
    try {
      parking =
          Parking.of(
              WriterSchemas.of(
                  Map.of(
                      "schema.registry.url",
                      "http://127.0.0.1:" + registry.getAddress().getPort(),
                      "http.read.timeout.ms",
                      "20000",
                      "retries.max.wait.ms",
                      "1",
                      "retries.wait.ms",
                      "1")),
              nanos::get,
              Topics.DETECTIONS);
      consumer = ParkingConsumer.around(mock, parking, Traces.OFF);
      add(FIRST, 0, NEWER);
      assertThat(poll().isEmpty()).isTrue();
      assertThat(parking.isWaiting()).isTrue();

      status.set(200);
      add(FIRST, 0, NEWER); // The mock gives a record once; a broker gives it again after a seek.
      await()
          .until(
              () -> {
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                return offsets(poll(), FIRST);
              },
              List.of(0L)::equals);
      assertThat(parking.isWaiting()).isFalse();
      assertThat(consumer.paused()).isEmpty();
    } finally {
      registry.stop(0);
    }
  }

  @Test
  void shouldPassOnAllElseAndItsFailures() {
    assertThat(consumer.assignment()).containsExactlyInAnyOrder(FIRST, SECOND, CLAIMS);
    consumer.close();
    assertThat(mock.closed()).isTrue();
    assertThatThrownBy(() -> consumer.position(FIRST)).isInstanceOf(IllegalStateException.class);
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    return consumer.poll(Duration.ZERO);
  }

  private double waiting() {
    return metrics.get("skerry.parked.partitions").gauge().value();
  }

  private void add(TopicPartition partition, long offset, int schemaId) {
    byte[] value = new byte[WireFormat.HEADER_BYTES + 3];
    WireFormat.writeHeader(value, schemaId);
    mock.addRecord(
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value));
  }

  private static List<Long> offsets(
      ConsumerRecords<byte[], byte[]> records, TopicPartition partition) {
    return StreamSupport.stream(records.records(partition).spliterator(), false)
        .map(ConsumerRecord::offset)
        .toList();
  }
}
