package dev.skerry.inference.batch;

import static dev.skerry.schemas.DeadLetterReason.NOT_A_NUMBER;
import static dev.skerry.schemas.DeadLetterReason.WRONG_SHAPE;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.model.ReadingsScaling;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The rows that one model scores together: its input in one direct buffer, its output in another.
 * Not thread-safe: one per worker and model.
 */
public final class ModelBatch {

  private static final int MAX_BUFFER_BYTES = 16 << 20;
  private static final int EXPONENT_BITS = 0x7F80_0000;
  private static final int EXPONENT_ONE = 0x0080_0000;

  private final ServedModel model;
  private final byte[] stream;
  private final int channels;
  private final int steps;
  private final int width;
  private final int outputWidth;
  private final ReadingsScaling scaling;
  private final ByteBuffer input;
  private final FloatBuffer inputFloats;
  private final FloatBuffer output;
  private final boolean[] outOfRange;
  private final Row[] rows;
  private final Outcome.Placed[] places;
  private final BatchRun run;
  private final MemoryLimit memory;
  private int size;

  /**
   * A batch for one model.
   *
   * @param maxRowsInclusive the most rows; fewer where so many would need more than 16 MiB for the
   *     input or the output
   */
  ModelBatch(ServedModel model, int maxRowsInclusive) {
    ModelContract contract = model.contract();
    this.model = model;
    this.stream = contract.stream().getBytes(StandardCharsets.UTF_8);
    this.channels = contract.readings().channels().size();
    this.steps = contract.readings().steps();
    this.width = contract.readings().elements();
    this.outputWidth = contract.outputElements();
    this.scaling = new ReadingsScaling(contract);
    int widest = Math.max(width, outputWidth);
    int capacity = Math.max(1, Math.min(maxRowsInclusive, MAX_BUFFER_BYTES / Float.BYTES / widest));
    // The floats of Avro are little-endian, and ONNX Runtime reads the machine's own order.
    this.input =
        ByteBuffer.allocateDirect(Math.multiplyExact(capacity * Float.BYTES, width))
            .order(ByteOrder.nativeOrder());
    this.inputFloats = input.asFloatBuffer();
    this.output =
        ByteBuffer.allocateDirect(Math.multiplyExact(capacity * Float.BYTES, outputWidth))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.outOfRange = new boolean[capacity];
    this.rows = new Row[capacity];
    this.places = new Outcome.Placed[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = new Outcome.Placed(this, i);
    }
    this.run = new BatchRun(model::run, input, output, capacity, model.wantsFixedSizes());
    this.memory = new MemoryLimit(model.describe(), capacity);
  }

  public ServedModel model() {
    return model;
  }

  /** How many rows wait for the model, or were scored by it. */
  public int size() {
    return size;
  }

  /** How many of its rows have an answer of the model, after {@link Slice#score}. */
  public int answered() {
    int answered = 0;
    for (int i = 0; i < size; i++) {
      if (rows[i].outcome() instanceof Outcome.Placed) {
        answered++;
      }
    }
    return answered;
  }

  FloatBuffer output() {
    return output;
  }

  int outputOffset(int row) {
    return row * outputWidth;
  }

  FloatBuffer input() {
    return inputFloats;
  }

  int inputOffset(int row) {
    return row * width;
  }

  boolean isOutOfRange(int row) {
    return outOfRange[row];
  }

  /** The most rows that it takes. */
  public int capacity() {
    return rows.length;
  }

  boolean serves(TelemetryView view) {
    return view.isOfStream(stream);
  }

  boolean isFull() {
    return size == rows.length;
  }

  Row row(int index) {
    return rows[index];
  }

  /** Takes a record of the model's stream in, or says why the model cannot answer it. */
  Outcome add(Row row) {
    TelemetryView view = row.view();
    if (!hasShape(view)) {
      return new Outcome.Rejected(WRONG_SHAPE, describeShape(view));
    }
    int nonFinite = view.firstNonFinite();
    if (nonFinite >= 0) {
      return new Outcome.Rejected(
          NOT_A_NUMBER,
          "The value of channel %d at step %d is NaN or infinite."
              .formatted(nonFinite / steps, nonFinite % steps));
    }
    view.copyValues(input, size * width * Float.BYTES);
    outOfRange[size] = scaling.apply(inputFloats, size * width);
    rows[size] = row;
    return places[size++];
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

  /** Runs the model on all rows, and returns the failure of each on which it fails. */
  Map<Integer, ScoringException> run() {
    return PoisonSearch.score(size, memory, run);
  }

  /** Whether all that the model gave for all rows are numbers. */
  boolean areAllScored() {
    int broken = 0;
    int end = outputOffset(size);
    for (int i = 0; i < end; i++) {
      // Adding one to an exponent whose bits are all set carries into the place of the sign.
      broken |= (Float.floatToRawIntBits(output.get(i)) & EXPONENT_BITS) + EXPONENT_ONE;
    }
    return broken >= 0;
  }

  /** Whether all that the model gave for a row are numbers. */
  boolean isScored(int row) {
    for (int i = outputOffset(row); i < outputOffset(row + 1); i++) {
      if (!Float.isFinite(output.get(i))) {
        return false;
      }
    }
    return true;
  }

  void clear() {
    size = 0;
  }
}
