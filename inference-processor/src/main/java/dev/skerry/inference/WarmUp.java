package dev.skerry.inference;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.BrokenModelException;
import dev.skerry.inference.batch.ModelBatch;
import dev.skerry.inference.batch.Outcome;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.frame.GoldenFrame;
import dev.skerry.inference.lineup.Lineup;
import dev.skerry.inference.model.InvalidModelException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.Input;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.serde.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers golden samples before the first record is polled: each model has then run with 1, 2, 4 …
 * rows up to the most, which some providers compile for, and the way from bytes to answers is
 * compiled.
 */
final class WarmUp {

  /** HotSpot's optimising compiler takes a method on after some 15,000 calls. */
  private static final int ROWS_PER_MODEL = 20_000;

  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final Slice slice;
  private final Answers answers;

  WarmUp(Slice slice, Answers answers) {
    this.slice = slice;
    this.answers = answers;
  }

  /**
   * Runs a model in each batch size, apart from all workers.
   *
   * @param apart a slice that nobody else uses; it serves nothing afterwards
   * @throws InvalidModelException for a model that fails on its samples
   */
  static void runInEachSize(Slice apart, ServedModel model) {
    apart.clear();
    apart.serve(Lineup.of(List.of(model)));
    try {
      WarmUp warmUp = new WarmUp(apart, new Answers("warm-up"));
      for (ModelBatch batch : apart.batches()) {
        warmUp.runInEachSize(batch, telemetry(batch.model().contract()));
      }
    } catch (BrokenModelException e) {
      throw new InvalidModelException(String.valueOf(e.getMessage()), e);
    } finally {
      apart.clear();
      apart.serve(Lineup.of(List.of()));
    }
  }

  /** Throws {@link InvalidModelException} for a model that fails on its samples. */
  void run() {
    for (ModelBatch batch : slice.batches()) {
      ModelContract contract = batch.model().contract();
      ByteBuffer telemetry = telemetry(contract);
      runInEachSize(batch, telemetry);
      if (contract.input() instanceof ReadingsInput) { // Frames come slowly enough to do without.
        runUntilCompiled(batch, telemetry);
      }
    }
  }

  private void runInEachSize(ModelBatch batch, ByteBuffer telemetry) {
    for (int rows = 1; rows < batch.capacity(); rows *= 2) {
      run(batch, telemetry, rows);
    }
    run(batch, telemetry, batch.capacity());
  }

  private void runUntilCompiled(ModelBatch batch, ByteBuffer telemetry) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    int rows = 0;
    do {
      run(batch, telemetry, batch.capacity());
      rows += batch.capacity();
    } while (rows < ROWS_PER_MODEL && System.nanoTime() < deadline);
  }

  private void run(ModelBatch batch, ByteBuffer telemetry, int rows) {
    slice.clear();
    for (int offset = 0; offset < rows; offset++) {
      slice.add(new ConsumerRecord<>("warm-up", 0, offset, new byte[0], telemetry));
    }
    slice.score();
    for (int row = 0; row < rows; row++) {
      if (slice.row(row).outcome() instanceof Outcome.Rejected rejected) {
        throw new InvalidModelException(
            "%s fails on a golden sample in a batch of %d: %s"
                .formatted(batch.model().describe(), rows, rejected.detail()));
      }
      answers.write(slice.row(row), 0, answer -> {});
    }
    slice.clear();
  }

  private static ByteBuffer telemetry(ModelContract contract) {
    Telemetry sample =
        new Telemetry(
            "warm-up",
            "warm-up",
            contract.stream(),
            Instant.EPOCH,
            0L,
            0L,
            Map.of(),
            payload(contract.input(), contract.golden().get(0)));
    return ByteBuffer.wrap(new AvroEncoder<>(Telemetry.class).encode(sample));
  }

  private static Object payload(Input input, GoldenSample sample) {
    if (input instanceof FrameInput frame) {
      return new Frame(
          FrameEncoding.UNKNOWN, // The bytes say what they are.
          frame.width(),
          frame.height(),
          ByteBuffer.wrap(GoldenFrame.encoded(frame, sample)));
    }
    ReadingsInput readings = (ReadingsInput) input;
    return new Readings(readings.channels().size(), readings.steps(), 0f, sample.values());
  }
}
