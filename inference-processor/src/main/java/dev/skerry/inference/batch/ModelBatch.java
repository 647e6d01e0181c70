package dev.skerry.inference.batch;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

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
  private final int rowBytes;
  private final int rowElements;
  private final int outputWidth;
  private final RowFilling filling;
  private final ByteBuffer input;
  private final FloatBuffer inputFloats;
  private final FloatBuffer output;
  private final Row[] rows;
  private final Outcome.Placed[] places;
  private final BatchRun run;
  private final MemoryLimit memory;
  private int size;
  private long computeNanos;

  /**
   * A batch for one model.
   *
   * @param maxRowsInclusive the most rows; fewer where so many would need more than 16 MiB for the
   *     input or the output
   * @param frames what holds where the model takes frames
   */
  ModelBatch(ServedModel model, int maxRowsInclusive, FrameRules frames) {
    ModelContract contract = model.contract();
    this.model = model;
    this.stream = contract.stream().getBytes(StandardCharsets.UTF_8);
    this.rowElements = contract.input().elements();
    this.rowBytes =
        contract.input() instanceof FrameInput frame ? frame.bytes() : rowElements * Float.BYTES;
    this.outputWidth = contract.outputElements();
    int capacity = rowsFor(contract, maxRowsInclusive, frames);
    // The floats of Avro are little-endian, and ONNX Runtime reads the machine's own order.
    this.input = direct(Math.multiplyExact(capacity, rowBytes));
    this.inputFloats = input.asFloatBuffer();
    this.output = direct(Math.multiplyExact(capacity * Float.BYTES, outputWidth)).asFloatBuffer();
    this.filling =
        contract.input() instanceof FrameInput frame
            ? new FrameFilling(model, frame, frames, input, capacity)
            : new ReadingsFilling(model, input, capacity);
    this.rows = new Row[capacity];
    this.places = new Outcome.Placed[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = new Outcome.Placed(this, i);
    }
    this.run = new BatchRun(model::run, input, output, capacity, model.wantsFixedSizes());
    this.memory = new MemoryLimit(model.describe(), capacity);
  }

  private int rowsFor(ModelContract contract, int maxRowsInclusive, FrameRules frames) {
    int wanted =
        contract.input() instanceof FrameInput
            ? Math.min(maxRowsInclusive, frames.maxRowsInclusive())
            : maxRowsInclusive;
    int widest = Math.max(rowBytes, outputWidth * Float.BYTES);
    return Math.max(1, Math.min(wanted, MAX_BUFFER_BYTES / widest));
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
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
    return row * rowElements;
  }

  boolean isOutOfRange(int row) {
    return filling.isOutOfRange(row);
  }

  FrameFit fit(int row) {
    return filling.fit(row);
  }

  /** How many frames of this batch said another size than their images have. */
  public long misdeclared() {
    return filling.misdeclared();
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
    Optional<Outcome.Rejected> rejected = filling.fill(row.view(), size);
    if (rejected.isPresent()) {
      return rejected.get();
    }
    rows[size] = row;
    return places[size++];
  }

  /** Scores all rows; throws {@link BrokenModelException} when the model is to blame. */
  void score() {
    long start = System.nanoTime();
    BatchScoring.score(this);
    computeNanos = System.nanoTime() - start;
  }

  /** How long that took. */
  public long computeNanos() {
    return computeNanos;
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
    filling.clear();
  }
}
