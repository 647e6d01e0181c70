package dev.skerry.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TelemetryProducerTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  private final Queue<CompletableFuture<Sent>> answers = new ConcurrentLinkedQueue<>();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(
          /* autoComplete= */ false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final TelemetryProducer producer =
      TelemetryProducer.to("broker:9092")
          .site("plant-a")
          .device("pump-7")
          .clock(Clock.fixed(NOW, ZoneOffset.UTC))
          .open(kafka);

  @Test
  void shouldSendChannelsOneAfterTheOther() {
    answers.add(producer.send("pump", new float[] {1, 2, 3}, new float[] {-1, -2, -3}));
    Telemetry sent = telemetry().get(0);
    assertThat(kafka.history().get(0).topic()).isEqualTo("telemetry");
    assertThat(new String(kafka.history().get(0).key(), UTF_8)).isEqualTo("pump-7");
    assertThat(sent.getDeviceId()).isEqualTo("pump-7");
    assertThat(sent.getSiteId()).isEqualTo("plant-a");
    assertThat(sent.getEventTime()).isEqualTo(NOW);
    assertThat(sent.getBootEpoch()).isEqualTo(NOW.toEpochMilli());
    assertThat(sent.getPayload())
        .isEqualTo(new Readings(2, 3, 0f, List.of(1f, 2f, 3f, -1f, -2f, -3f)));
  }

  @Test
  void shouldSendWhatElseIsKnownOfAWindow() {
    Instant end = NOW.minusSeconds(9);
    answers.add(
        producer.send(
            "pump",
            Window.of(new float[] {1}).endingAt(end).sampledAt(25).with("a", "1").with("b", "2")));
    Telemetry sent = telemetry().get(0);
    assertThat(sent.getEventTime()).isEqualTo(end);
    assertThat(sent.getAttributes()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(((Readings) sent.getPayload()).getSampleRateHz()).isEqualTo(25);
  }

  @Test
  void shouldNumberTheRecordsOfEachStreamFromZero() {
    answers.add(producer.send("pump", new float[] {1}));
    answers.add(producer.send("gearbox", new float[] {1}));
    answers.add(producer.send("pump", new float[] {1}));
    assertThat(telemetry())
        .extracting(record -> record.getStream() + record.getSequence())
        .containsExactly("pump0", "gearbox0", "pump1");
  }

  @Test
  void shouldKeepSequencesInTheOrderOfTheLogFromManyThreads() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      threads.add(
          new Thread(
              () -> {
                for (int record = 0; record < 250; record++) {
                  answers.add(producer.send("pump", new float[] {record}));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(telemetry())
        .extracting(Telemetry::getSequence)
        .containsExactlyElementsOf(LongStream.range(0, 1000).boxed().toList());
  }

  @Test
  void shouldSendAFrameWithItsEncodingAndSize() throws Exception {
    byte[] png = image("png");
    answers.add(producer.sendFrame("surface", png));
    answers.add(
        producer.sendFrame("surface", Image.of(image("jpg")).exposedAt(NOW.minusMillis(5))));
    assertThat(kafka.history()).extracting(ProducerRecord::topic).containsOnly("telemetry-frames");
    Frame first = (Frame) telemetry().get(0).getPayload();
    assertThat(first.getEncoding()).isEqualTo(FrameEncoding.PNG);
    assertThat(first.getWidth()).isEqualTo(7);
    assertThat(first.getHeight()).isEqualTo(5);
    assertThat(first.getData().array()).isEqualTo(png);
    assertThat(((Frame) telemetry().get(1).getPayload()).getEncoding())
        .isEqualTo(FrameEncoding.JPEG);
    assertThat(telemetry().get(1).getEventTime()).isEqualTo(NOW.minusMillis(5));
  }

  @Test
  void shouldCompleteTheFutureWhenKafkaAcknowledges() {
    CompletableFuture<Sent> answer = producer.send("pump", new float[] {1});
    assertThat(answer).isNotDone();
    kafka.completeNext();
    assertThat(answer).isCompletedWithValue(new Sent(0, "telemetry", 0, 0));
  }

  @Test
  void shouldSayWhichRecordWasNotAcknowledged() {
    CompletableFuture<Sent> answer = producer.send("pump", new float[] {1});
    kafka.errorNext(new TimeoutException("120000 ms"));
    assertThat(answer)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(ProducerException.class)
        .withMessageContaining(
            "Kafka at broker:9092 (topic telemetry) did not acknowledge record 0 of pump-7/pump"
                + " in time: 120000 ms");
  }

  @Test
  void shouldRefuseWhatCannotBeARecord() {
    assertThatThrownBy(() -> producer.send("pump"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one channel");
    assertThatThrownBy(() -> producer.send("pump", new float[] {1, 2}, new float[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channel 1 has 1 steps where channel 0 has 2");
    assertThatThrownBy(() -> producer.send(" ", new float[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stream is blank");
    assertThatThrownBy(() -> producer.send("pump", new float[2 << 20]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("telemetry takes 4,194,304 at most");
    assertThatThrownBy(() -> producer.sendFrame("surface", new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither JPEG nor PNG");
    assertThat(kafka.history()).isEmpty();
    answers.add(producer.send("pump", new float[] {1}));
    assertThat(telemetry().get(0).getSequence()).isZero();
  }

  @Test
  void shouldRefuseToSendWhenItIsClosed() {
    producer.close();
    assertThatThrownBy(() -> producer.send("pump", new float[] {1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the producer of pump-7 is closed");
  }

  @Test
  void shouldRefuseSettingsThatItsGuaranteesRestOn() {
    assertThatThrownBy(() -> TelemetryProducer.to("broker:9092").kafka("acks", "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("acks is fixed");
    assertThatThrownBy(
            () ->
                TelemetryProducer.to("broker:9092")
                    .site("plant-a")
                    .device("pump-7")
                    .kafka("linger.ms", "soon")
                    .open())
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("linger.ms");
    assertThatThrownBy(() -> TelemetryProducer.to("broker:9092").site("plant-a").open())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("device is missing");
  }

  private List<Telemetry> telemetry() {
    AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
    return kafka.history().stream()
        .map(record -> ((Decoded.Value<Telemetry>) decoder.decode(record.value())).value())
        .toList();
  }

  private static byte[] image(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB), format, bytes);
    return bytes.toByteArray();
  }
}
