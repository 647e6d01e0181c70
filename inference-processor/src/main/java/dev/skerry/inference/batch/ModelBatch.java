package dev.skerry.inference.batch;

import dev.skerry.inference.canary.CanaryTally;
import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.inference.model.ScoringException;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.ModelRole;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final ModelRole role;
  private final Row[] rows;
  private final boolean[] shadows;
  private final Outcome.Placed[] places;
  private final BatchRun run;
  private final MemoryLimit limit;
  private final FailureStreak failures = new FailureStreak();
  private final List<ByteBuffer> memory;
  private int size;
  private long computeNanos;
  private @Nullable CanaryTally trial;

  /**
   * A batch for one model.
   *
   * @param role in which it answers
   * @param maxRowsInclusive the most rows; fewer where so many would need more than 16 MiB for the
   *     input or the output
   * @param frames what holds where the model takes frames
   * @param memory where its buffers come from
   */
  ModelBatch(
      ServedModel model,
      ModelRole role,
      int maxRowsInclusive,
      FrameRules frames,
      RowMemory memory) {
    ModelContract contract = model.contract();
    this.model = model;
    this.role = role;
    this.stream = contract.stream().getBytes(StandardCharsets.UTF_8);
    this.rowElements = contract.input().elements();
    this.rowBytes =
        contract.input() instanceof FrameInput frame ? frame.bytes() : rowElements * Float.BYTES;
    this.outputWidth = contract.outputElements();
    int capacity = rowsFor(contract, maxRowsInclusive, frames);
    // The floats of Avro are little-endian, and ONNX Runtime reads the machine's own order.
    this.input = memory.take(Math.multiplyExact(capacity, rowBytes));
    this.inputFloats = input.asFloatBuffer();
    ByteBuffer outputBytes = memory.take(Math.multiplyExact(capacity * Float.BYTES, outputWidth));
    this.output = outputBytes.asFloatBuffer();
    this.filling =
        contract.input() instanceof FrameInput frame
            ? new FrameFilling(model, frame, frames, input, capacity)
            : new ReadingsFilling(model, input, capacity);
    this.rows = new Row[capacity];
    this.shadows = new boolean[capacity];
    this.places = new Outcome.Placed[capacity];
    for (int i = 0; i < capacity; i++) {
      places[i] = new Outcome.Placed(this, i);
    }
    boolean fixedSizes = model.wantsFixedSizes();
    ByteBuffer padded = memory.take(fixedSizes ? input.capacity() : 0);
    ByteBuffer scored = memory.take(fixedSizes ? outputBytes.capacity() : 0);
    this.run = new BatchRun(model::run, input, output, capacity, fixedSizes, padded, scored);
    this.limit = new MemoryLimit(model.describe(), capacity);
    this.memory = List.of(input, outputBytes, padded, scored);
  }

  /** Gives its memory to others; it must not be used any more. */
  void giveUp(RowMemory to) {
    memory.forEach(to::giveBack);
  }

  private int rowsFor(ModelContract contract, int maxRowsInclusive, FrameRules frames) {
    int wanted =
        contract.input() instanceof FrameInput
            ? Math.min(maxRowsInclusive, frames.maxRowsInclusive())
            : maxRowsInclusive;
    int widest = Math.max(rowBytes, outputWidth * Float.BYTES);
    return Math.max(1, Math.min(wanted, MAX_BUFFER_BYTES / widest));
  }

  /** Records in a row on which the model failed. */
  FailureStreak failures() {
    return failures;
  }

  public ServedModel model() {
    return model;
  }

  /** In which role it answers. */
  public ModelRole role() {
    return role;
  }

  /** Where what is seen of this canary goes; null for a champion. */
  public @Nullable CanaryTally trial() {
    return trial;
  }

  void triedIn(CanaryTally tally) {
    trial = tally;
  }

  /** How many rows wait for the model, or were scored by it. */
  public int size() {
    return size;
  }

  /** How many of its rows have an answer of the model, after {@link Slice#score}. */
  public int answered() {
    int answered = 0;
    for (int i = 0; i < size; i++) {
      if (rows[i].outcome() instanceof Outcome.Placed place && place.batch() == this) {
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
    shadows[size] = false;
    rows[size] = row;
    return places[size++];
  }

  /** Scores a record too that the other model answers, where it can. */
  void addShadow(Row row) {
    if (add(row) instanceof Outcome.Placed place) {
      shadows[place.index()] = true;
      row.shadow(place);
    }
  }

  /** Answers a record that it was to score beside the other model. */
  Outcome take(Outcome.Placed place) {
    shadows[place.index()] = false;
    return place;
  }

  /** Whether the record of a row is answered by the other model. */
  boolean isShadow(int row) {
    return shadows[row];
  }

  /** The model could not score a row. */
  void reject(int row, Outcome.Rejected rejected) {
    if (shadows[row]) {
      rows[row].shadow(null);
    } else {
      rows[row].end(rejected);
    }
  }

  /** Scores all rows; throws {@link BrokenModelException} when the model is to blame. */
  void score() {
    long start = System.nanoTime();
    BatchScoring.score(this);
    computeNanos = System.nanoTime() - start;
  }

  /** Runs the model on its first rows, whatever they hold; returns how long that took. */
  long time(int rowCount) throws ScoringException {
    long start = System.nanoTime();
    run.score(0, rowCount);
    return System.nanoTime() - start;
  }

  /** As {@link #score}, but whoever calls decides what becomes of rows that fail. */
  Map<Integer, ScoringException> scoreAlone() {
    long start = System.nanoTime();
    Map<Integer, ScoringException> failures = run();
    computeNanos = System.nanoTime() - start;
    return failures;
  }

  /** How long that took. */
  public long computeNanos() {
    return computeNanos;
  }

  /** Runs the model on all rows, and returns the failure of each on which it fails. */
  Map<Integer, ScoringException> run() {
    return PoisonSearch.score(size, limit, run);
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
