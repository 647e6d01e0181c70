package dev.skerry.inference.batch;

import static dev.skerry.schemas.DeadLetterReason.WRONG_SHAPE;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.frame.Filled;
import dev.skerry.inference.frame.FrameFiller;
import dev.skerry.inference.frame.Unusable;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Frames, decoded from where they lie in their records. Not thread-safe. */
final class FrameFilling implements RowFilling {

  private final ServedModel model;
  private final FrameInput frame;
  private final FrameFiller filler;
  private final ByteBuffer input;
  private final FrameFit[] fits;
  private long misdeclared;

  FrameFilling(
      ServedModel model, FrameInput frame, FrameRules rules, ByteBuffer input, int capacity) {
    this.model = model;
    this.frame = frame;
    this.filler = new FrameFiller(frame, rules.maxPixelsInclusive());
    this.input = input;
    this.fits = new FrameFit[capacity];
  }

  @Override
  public Optional<Outcome.Rejected> fill(TelemetryView view, int row) {
    if (!view.isFrame()) {
      return Optional.of(
          new Outcome.Rejected(
              WRONG_SHAPE,
              "The record has readings of %d channels x %d steps, and the model %s takes frames."
                  .formatted(view.channels(), view.steps(), model.describe())));
    }
    Filled filled =
        filler.fill(
            view.bytes(),
            view.frameDataOffset(),
            view.frameDataLength(),
            input,
            row * frame.bytes());
    if (filled instanceof Unusable unusable) {
      return Optional.of(new Outcome.Rejected(unusable.reason(), unusable.detail()));
    }
    Filled.Row size = (Filled.Row) filled;
    fits[row] = FrameFit.of(frame, size.width(), size.height());
    if (size.width() != view.frameWidth() || size.height() != view.frameHeight()) {
      misdeclared++;
    }
    return Optional.empty();
  }

  /** Contracts have ranges for readings alone. */
  @Override
  public boolean isOutOfRange(int row) {
    return false;
  }

  @Override
  public FrameFit fit(int row) {
    return fits[row];
  }

  @Override
  public long misdeclared() {
    return misdeclared;
  }

  @Override
  public void clear() {
    misdeclared = 0;
  }
}
