package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.Input;
import dev.skerry.schemas.model.ReadingsInput;
import java.nio.ByteBuffer;

/** Held-back records and golden samples as rows of a model's input, as serving fills it. */
sealed interface InputRows permits ReadingsRows, FrameRows {

  static InputRows of(Input input) {
    if (input instanceof FrameInput frame) {
      return new FrameRows(frame);
    }
    return new ReadingsRows((ReadingsInput) input);
  }

  /** The length of one row. */
  int bytesPerRow();

  /** Whether a record is of the kind and shape that the model takes. */
  boolean takes(Labelled record);

  /** Puts a record at the buffer's position; throws {@link GateException} for no image. */
  void put(Labelled record, ByteBuffer rows);

  /** Puts a golden sample at the buffer's position. */
  void put(GoldenSample sample, ByteBuffer rows);
}
