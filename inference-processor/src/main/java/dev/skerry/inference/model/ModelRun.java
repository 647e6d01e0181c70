package dev.skerry.inference.model;

import static java.util.Objects.requireNonNull;

import dev.skerry.inference.frame.Filled;
import dev.skerry.inference.frame.FrameFiller;
import dev.skerry.inference.frame.Unusable;
import dev.skerry.inference.task.ModelRow;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Memory for some rows of a model, to try it apart from any telemetry. Not thread-safe. */
final class ModelRun {

  private final ServedModel model;
  private final ModelContract contract;
  private final int rowBytes;
  private final ByteBuffer input;
  private final FloatBuffer output;
  private final @Nullable FrameFit[] fits;

  ModelRun(ServedModel model, int rows) {
    this.model = model;
    this.contract = model.contract();
    this.rowBytes =
        contract.input() instanceof FrameInput frame
            ? frame.bytes()
            : contract.input().elements() * Float.BYTES;
    this.fits = new FrameFit[rows];
    this.input = direct(Math.multiplyExact(rows, rowBytes));
    this.output =
        direct(Math.multiplyExact(rows * Float.BYTES, contract.outputElements())).asFloatBuffer();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** Puts a sample's input into a row, or says what is wrong with it. */
  Optional<String> put(int row, GoldenSample sample) {
    if (contract.input() instanceof FrameInput frame) {
      return putFrame(row, sample, frame);
    }
    FloatBuffer floats = input.asFloatBuffer();
    int width = contract.input().elements();
    for (int i = 0; i < width; i++) {
      floats.put(row * width + i, sample.values().get(i));
    }
    new ReadingsScaling(contract).apply(floats, row * width);
    return Optional.empty();
  }

  private Optional<String> putFrame(int row, GoldenSample sample, FrameInput frame) {
    FrameFiller filler = new FrameFiller(frame, FrameFiller.DEFAULT_MAX_PIXELS);
    Integer pattern = sample.pattern();
    if (pattern != null) {
      filler.fillPattern(pattern, input, row * rowBytes);
      fits[row] = FrameFit.of(frame, frame.width(), frame.height());
      return Optional.empty();
    }
    byte[] image = sample.imageBytes();
    Filled filled = filler.fill(image, 0, image.length, input, row * rowBytes);
    if (filled instanceof Unusable unusable) {
      return Optional.of("golden.image: " + unusable.detail());
    }
    Filled.Row size = (Filled.Row) filled;
    fits[row] = FrameFit.of(frame, size.width(), size.height());
    return Optional.empty();
  }

  /** Runs the model on the first rows. */
  void run(int rows) throws ScoringException {
    model.run(
        input.duplicate().limit(rows * rowBytes),
        rows,
        output.duplicate().limit(rows * contract.outputElements()));
  }

  /** One row, after a run. */
  ModelRow row(int row) {
    return new Row(row);
  }

  private final class Row implements ModelRow {
    private final int index;

    Row(int index) {
      this.index = index;
    }

    @Override
    public FloatBuffer output() {
      return output;
    }

    @Override
    public int outputOffset() {
      return index * contract.outputElements();
    }

    @Override
    public FloatBuffer input() {
      return input.asFloatBuffer();
    }

    @Override
    public int inputOffset() {
      return index * contract.input().elements();
    }

    @Override
    public FrameFit fit() {
      return requireNonNull(fits[index], "the row has no frame");
    }
  }
}
