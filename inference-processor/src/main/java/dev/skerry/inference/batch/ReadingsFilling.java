package dev.skerry.inference.batch;

import static dev.skerry.schemas.DeadLetterReason.NOT_A_NUMBER;
import static dev.skerry.schemas.DeadLetterReason.WRONG_SHAPE;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.model.ReadingsScaling;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.ReadingsInput;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Windows of readings, copied as they are and scaled where they lie. Not thread-safe. */
final class ReadingsFilling implements RowFilling {

  private final ServedModel model;
  private final int channels;
  private final int steps;
  private final int width;
  private final ReadingsScaling scaling;
  private final ByteBuffer input;
  private final FloatBuffer inputFloats;
  private final boolean[] outOfRange;

  ReadingsFilling(ServedModel model, ByteBuffer input, int capacity) {
    ReadingsInput readings = model.contract().readings();
    this.model = model;
    this.channels = readings.channels().size();
    this.steps = readings.steps();
    this.width = readings.elements();
    this.scaling = new ReadingsScaling(model.contract());
    this.input = input;
    this.inputFloats = input.asFloatBuffer();
    this.outOfRange = new boolean[capacity];
  }

  @Override
  public Optional<Outcome.Rejected> fill(TelemetryView view, int row) {
    if (!hasShape(view)) {
      return Optional.of(new Outcome.Rejected(WRONG_SHAPE, describeShape(view)));
    }
    int nonFinite = view.firstNonFinite();
    if (nonFinite >= 0) {
      return Optional.of(
          new Outcome.Rejected(
              NOT_A_NUMBER,
              "The value of channel %d at step %d is NaN or infinite."
                  .formatted(nonFinite / steps, nonFinite % steps)));
    }
    view.copyValues(input, row * width * Float.BYTES);
    outOfRange[row] = scaling.apply(inputFloats, row * width);
    return Optional.empty();
  }

  private boolean hasShape(TelemetryView view) {
    return !view.isFrame()
        && view.channels() == channels
        && view.steps() == steps
        && view.valueCount() == width;
  }

  private String describeShape(TelemetryView view) {
    String wanted = "%s takes %d channels x %d steps".formatted(model.describe(), channels, steps);
    return view.isFrame()
        ? "The record is a frame of %d x %d pixels, and the model %s of readings."
            .formatted(view.frameWidth(), view.frameHeight(), wanted)
        : "The record has %d channels x %d steps and %d values, and the model %s."
            .formatted(view.channels(), view.steps(), view.valueCount(), wanted);
  }

  @Override
  public boolean isOutOfRange(int row) {
    return outOfRange[row];
  }

  @Override
  public FrameFit fit(int row) {
    throw new IllegalStateException(model.describe() + " takes readings, not frames");
  }

  @Override
  public long misdeclared() {
    return 0;
  }

  @Override
  public void clear() {
    // Each row is overwritten whole.
  }
}
