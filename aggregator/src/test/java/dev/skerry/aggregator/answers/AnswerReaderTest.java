package dev.skerry.aggregator.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerVerdict;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

  private final AnswerReader reader = new AnswerReader(WriterSchemas.catalogue());
  private final List<String> answered = new ArrayList<>();

  private boolean read(Topic topic, byte @Nullable [] value) {
    return outcome(topic, value) instanceof AnswerReader.Done;
  }

  private AnswerReader.Outcome outcome(Topic topic, byte @Nullable [] value) {
    return reader.read(
        new ConsumerRecord<>(topic.name(), 0, 0, new byte[0], value),
        (source, offset) -> answered.add(source + "@" + offset));
  }

  @Test
  void shouldWaitForASchemaThatANewerReleaseWroteAndForNoOther() {
    for (Topic topic : List.of(Topics.DEAD_LETTERS, Topics.ANSWER_LEDGER)) {
      byte[] value =
          topic.equals(Topics.DEAD_LETTERS)
              ? deadLetter("inference")
              : entry(AnswerVerdict.COMPLETE, null);
      WireFormat.writeHeader(value, 1_099_999);
      for (int i = 0; i < 2; i++) {
        assertThat(outcome(topic, value))
            .isInstanceOfSatisfying(
                AnswerReader.NotYetReadable.class,
                waiting -> assertThat(waiting.detail()).contains("1099999", "upgrade"));
      }
      WireFormat.writeHeader(value, 77);
      assertThat(outcome(topic, value)).isInstanceOf(AnswerReader.Unreadable.class);
    }
    assertThat(answered).isEmpty();
  }

  @Test
  void shouldReadWhatADetectionAnswers() throws IOException {
    byte[] golden =
        Files.readAllBytes(Path.of("../schemas/src/test/resources/golden/detection-v1.bin"));
    assertThat(read(Topics.DETECTIONS, golden)).isTrue();
    SourceRef source =
        new SkerryAvroDeserializer<>(Detection.class).deserialize("", golden).getSource();
    assertThat(answered)
        .containsExactly(
            source.getTopic() + "-" + source.getPartition() + "@" + source.getOffset());
  }

  @Test
  void shouldReadDeadLettersOfInferenceAlone() {
    assertThat(read(Topics.DEAD_LETTERS, deadLetter("inference"))).isTrue();
    assertThat(read(Topics.DEAD_LETTERS, deadLetter("aggregator"))).isTrue();
    assertThat(answered).containsExactly("telemetry-3@77");
  }

  @Test
  void shouldReadWhatWasIgnored() {
    BitSet offsets = new BitSet();
    offsets.set(0);
    offsets.set(9);
    assertThat(read(Topics.ANSWER_LEDGER, entry(AnswerVerdict.IGNORED, offsets))).isTrue();
    assertThat(read(Topics.ANSWER_LEDGER, entry(AnswerVerdict.COMPLETE, null))).isTrue();
    assertThat(answered).containsExactly("telemetry-3@100", "telemetry-3@109");
  }

  @Test
  void shouldReadWhichTelemetryWentToTheOverflow() {
    RecordHeaders headers = new RecordHeaders();
    assertThat(readOverflow(headers)).isFalse();
    SourceHeader.put(headers, "telemetry", 3, 77L, 0L);
    assertThat(readOverflow(headers)).isTrue();
    assertThat(answered).containsExactly("telemetry-3@77");
  }

  private boolean readOverflow(Headers headers) {
    AnswerReader.Outcome outcome =
        reader.read(
            new ConsumerRecord<>(
                Topics.TELEMETRY_OVERFLOW.name(),
                0,
                0,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                headers,
                Optional.empty()),
            (source, offset) -> answered.add(source + "@" + offset));
    return outcome instanceof AnswerReader.Done;
  }

  @Test
  void shouldSayWhereNothingCanBeRead() {
    assertThat(read(Topics.DETECTIONS, null)).isFalse();
    assertThat(read(Topics.DETECTIONS, new byte[] {1, 2, 3})).isFalse();
    assertThat(read(Topics.ANSWER_LEDGER, new byte[] {0, 0, 0, 0, 1, 5})).isFalse();
    byte[] letter = deadLetter("inference");
    int sourceEnds = letter.length - 4;
    for (int length = 0; length < sourceEnds - 20; length++) {
      assertThat(read(Topics.DEAD_LETTERS, Arrays.copyOf(letter, length))).isFalse();
    }
    assertThat(answered).isEmpty();
  }

  private static byte[] deadLetter(String stage) {
    return new AvroEncoder<>(DeadLetter.class)
        .encode(
            DeadLetter.newBuilder()
                .setSiteId("site-a")
                .setStage(stage)
                .setReason(DeadLetterReason.NOT_AVRO)
                .setDetail("no")
                .setFailedAt(Instant.EPOCH)
                .setSource(new SourceRef("telemetry", 3, 77L, Instant.EPOCH))
                .build());
  }

  private static byte[] entry(AnswerVerdict verdict, @Nullable BitSet offsets) {
    return new AvroEncoder<>(AnswerEntry.class)
        .encode(
            AnswerEntry.newBuilder()
                .setSiteId("site-a")
                .setTopic("telemetry")
                .setPartition(3)
                .setVerdict(verdict)
                .setFirstOffset(100)
                .setEndOffset(110)
                .setCount(2)
                .setOffsets(offsets == null ? null : ByteBuffer.wrap(offsets.toByteArray()))
                .setJudgedAt(Instant.EPOCH)
                .build());
  }
}
