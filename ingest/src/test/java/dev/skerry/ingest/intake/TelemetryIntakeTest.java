package dev.skerry.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.body.Message;
import dev.skerry.ingest.body.Original;
import dev.skerry.ingest.intake.Receipt.AlreadyStored;
import dev.skerry.ingest.intake.Receipt.Busy;
import dev.skerry.ingest.intake.Receipt.Refused;
import dev.skerry.ingest.intake.Receipt.Stored;
import dev.skerry.ingest.intake.Receipt.Unacknowledged;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class TelemetryIntakeTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
  private static final Principal ANYBODY = new Principal.Anonymous();

  private final List<Written> written = new ArrayList<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final TelemetryIntake intake = intake(1 << 20, 6400);

  private record Written(String topic, RecordWriter.Outcome outcome) {}

  private TelemetryIntake intake(long pendingBytes, int identities) {
    RecordWriter writer =
        (String topic, byte[] key, byte[] value, List<Header> headers, RecordWriter.Outcome told) ->
            written.add(new Written(topic, told));
    TelemetryIntake made =
        new TelemetryIntake(
            "north",
            Rules.NONE,
            writer,
            new TelemetryIntake.Limits(pendingBytes, identities, 6400),
            metrics,
            InstantSource.fixed(NOW));
    made.open();
    return made;
  }

  @Test
  void shouldAnswerWhenKafkaHasAcknowledgedAndNotBefore() {
    CompletableFuture<Receipt> receipt = accept(message(1, 1f));
    assertThat(receipt).isNotDone();
    written.get(0).outcome().written(3, 17);
    assertThat(receipt).isCompletedWithValue(new Stored(3, 17));
  }

  @Test
  void shouldGiveAResendTheAnswerOfTheWriteUnderWay() {
    CompletableFuture<Receipt> first = accept(message(1, 1f));
    CompletableFuture<Receipt> again = accept(message(1, 1f));
    assertThat(written).hasSize(1);
    assertThat(again).isNotDone();
    written.get(0).outcome().written(0, 0);
    assertThat(first).isCompletedWithValue(new Stored(0, 0));
    assertThat(again).isCompletedWithValue(new AlreadyStored());
    assertThat(accept(message(1, 1f))).isCompletedWithValue(new AlreadyStored());
    assertThat(pending()).isZero();
  }

  @Test
  void shouldTakeTheSameSequenceWithAnotherPayloadAsNewAndKnowBothAgain() {
    for (float value : new float[] {1, 2}) {
      CompletableFuture<Receipt> unusedTaken = accept(message(1, value));
    }
    assertThat(written).hasSize(2);
    written.forEach(write -> write.outcome().written(0, 0));
    assertThat(accept(message(1, 1f))).isCompletedWithValue(new AlreadyStored());
    assertThat(accept(message(1, 2f))).isCompletedWithValue(new AlreadyStored());
    assertThat(metrics.get("skerry.ingest.sequence.reused").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldTakeAgainWhatKafkaDidNotTake() {
    CompletableFuture<Receipt> busy = accept(message(1, 1f));
    written.get(0).outcome().refused("no broker");
    assertThat(busy.join()).isInstanceOf(Busy.class);
    CompletableFuture<Receipt> failed = accept(message(1, 1f));
    written.get(1).outcome().failed(new IllegalStateException("broken"));
    assertThat(failed.join()).isInstanceOf(Unacknowledged.class);
    CompletableFuture<Receipt> stored = accept(message(1, 1f));
    written.get(2).outcome().written(0, 0);
    assertThat(stored).isCompletedWithValue(new Stored(0, 0));
    assertThat(pending()).isZero();
  }

  @Test
  void shouldBeBusyWhereNothingMoreFitsAlsoForResends() {
    TelemetryIntake small = intake(3000, 6400);
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      receipts.add(accept(small, message(i, 1f)));
      receipts.add(accept(small, message(0, 1f)));
    }
    assertThat(receipts).filteredOn(receipt -> !receipt.isDone()).hasSize(2);
    assertThat(receipts)
        .filteredOn(CompletableFuture::isDone)
        .allSatisfy(receipt -> assertThat(receipt.join()).isInstanceOf(Busy.class));
    written.forEach(write -> write.outcome().written(0, 0));
    assertThat(accept(small, message(20, 1f))).isNotDone();
  }

  @Test
  void shouldForgetTheOldestStoredAndNeverWhatIsUnderWay() {
    TelemetryIntake forgetful = intake(1 << 20, 64); // One identity for each shard.
    CompletableFuture<Receipt> pending = accept(forgetful, message(1, 1f));
    for (int i = 2; i < 5; i++) {
      CompletableFuture<Receipt> unusedTaken = accept(forgetful, message(i, 1f));
    }
    CompletableFuture<Receipt> again = accept(forgetful, message(1, 1f));
    assertThat(written).hasSize(4);
    written.forEach(write -> write.outcome().written(0, 0));
    assertThat(pending).isCompleted();
    assertThat(again).isCompletedWithValue(new AlreadyStored());
    CompletableFuture<Receipt> unusedNewest = accept(forgetful, message(5, 1f));
    assertThat(accept(forgetful, message(1, 1f))).isNotDone();
    assertThat(metrics.get("skerry.ingest.sequence.late").counter().count()).isEqualTo(1);
  }

  @Test
  void shouldGiveRisingSequencesToWhatHasNone() {
    for (int i = 0; i < 3; i++) {
      Message message = new Message(telemetry(0, 1f), false, true, original());
      CompletableFuture<Receipt> unusedTaken = accept(message);
      assertThat(message.telemetry().getSequence()).isEqualTo(NOW.toEpochMilli() + i);
    }
    assertThat(written).hasSize(3);
  }

  @Test
  void shouldKeepWhatIsInvalidOnceAndNothingInAnothersName() {
    Message wrong = message(1, Float.NaN);
    CompletableFuture<Receipt> first = accept(wrong);
    assertThat(first).isNotDone();
    assertThat(written.get(0).topic()).isEqualTo("dead-letters");
    written.get(0).outcome().written(0, 0);
    assertThat(first.join()).isInstanceOf(Refused.class).isEqualTo(accept(wrong).join());
    Receipt others =
        intake
            .accept(new Arrival(new Principal.Device("other"), Via.HTTP, message(1, 1f)))
            .toCompletableFuture()
            .join();
    assertThat(((Refused) others).reason()).isEqualTo(RefusalReason.NOT_YOURS);
    assertThat(written).hasSize(1);
  }

  @Test
  void shouldKeepOnceWhatCouldNotBeRead() {
    Finding finding = new Finding(RefusalReason.UNREADABLE, "reading", "There is no such field");
    for (int i = 0; i < 10; i++) {
      byte[] bytes = {(byte) i};
      Original original = Original.whole("application/json", bytes);
      Unread unread = new Unread(Via.MQTT, "pump-7", "pump", original, finding);
      CompletableFuture<Receipt> first = intake.keep(unread).toCompletableFuture();
      assertThat(first).isNotDone();
      written.get(i).outcome().written(0, 0);
      assertThat(first.join())
          .isEqualTo(new Refused(finding.reason(), finding.field(), finding.detail(), true))
          .isEqualTo(intake.keep(unread).toCompletableFuture().join());
    }
    assertThat(written).extracting(Written::topic).containsOnly("dead-letters").hasSize(10);
    intake.shut();
    Unread late = new Unread(Via.MQTT, "pump-7", "pump", original(), finding);
    assertThat(intake.keep(late).toCompletableFuture())
        .isCompletedWithValueMatching(Busy.class::isInstance);
  }

  private double pending() {
    return metrics.get("skerry.ingest.pending.bytes").gauge().value();
  }

  private CompletableFuture<Receipt> accept(Message message) {
    return accept(intake, message);
  }

  private static CompletableFuture<Receipt> accept(TelemetryIntake intake, Message message) {
    return intake.accept(new Arrival(ANYBODY, Via.HTTP, message)).toCompletableFuture();
  }

  private static Message message(long sequence, float value) {
    return new Message(telemetry(sequence, value), true, true, original());
  }

  private static Original original() {
    return Original.whole("application/json", "{}".getBytes(UTF_8));
  }

  private static Telemetry telemetry(long sequence, float value) {
    return Telemetry.newBuilder()
        .setDeviceId("pump-7")
        .setSiteId("north")
        .setStream("pump")
        .setEventTime(NOW)
        .setSequence(sequence)
        .setPayload(
            Readings.newBuilder().setChannels(1).setSteps(1).setValues(List.of(value)).build())
        .build();
  }
}
