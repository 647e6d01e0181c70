package dev.skerry.inference.batch;

import dev.skerry.inference.model.ScoringException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Runs rows of a batch where they lie. For a provider that compiles or tunes for each size, runs
 * have 1, 2, 4 … rows up to the most: the last row is repeated to make up the number, because what
 * a model does with it is known. Not thread-safe.
 */
final class BatchRun implements PoisonSearch.Run {

  private final ModelRunner model;
  private final ByteBuffer input;
  private final FloatBuffer output;
  private final int rowBytes;
  private final int outputWidth;
  private final int capacity;
  private final boolean fixedSizes;
  private final ByteBuffer padded;
  private final FloatBuffer scored;

  /**
   * Runs over these buffers, of which each holds as many rows.
   *
   * @param fixedSizes whether only some sizes are run
   */
  BatchRun(
      ModelRunner model, ByteBuffer input, FloatBuffer output, int capacity, boolean fixedSizes) {
    this(
        model,
        input,
        output,
        capacity,
        fixedSizes,
        RowMemory.direct(fixedSizes ? input.capacity() : 0),
        RowMemory.direct(fixedSizes ? output.capacity() * Float.BYTES : 0));
  }

  /** As above, with memory of its own for runs of a size that the rows do not have. */
  BatchRun(
      ModelRunner model,
      ByteBuffer input,
      FloatBuffer output,
      int capacity,
      boolean fixedSizes,
      ByteBuffer padded,
      ByteBuffer scored) {
    this.model = model;
    this.input = input;
    this.output = output;
    this.rowBytes = input.capacity() / capacity;
    this.outputWidth = output.capacity() / capacity;
    this.capacity = capacity;
    this.fixedSizes = fixedSizes;
    this.padded = padded;
    this.scored = scored.asFloatBuffer();
  }

  @Override
  public void score(int firstRow, int rowCount) throws ScoringException {
    int size = size(rowCount);
    if (size == rowCount) {
      model.run(rows(input, firstRow, rowCount), rowCount, results(output, firstRow, rowCount));
    } else {
      scorePadded(firstRow, rowCount, size);
    }
  }

  /** How many rows are run for so many. */
  int size(int rowCount) {
    int power = Integer.highestOneBit(rowCount);
    return !fixedSizes || power == rowCount ? rowCount : Math.min(capacity, power * 2);
  }

  /** Apart from the batch, whose other rows may not be touched and may not be run. */
  private void scorePadded(int firstRow, int rowCount, int size) throws ScoringException {
    padded.clear().put(rows(input, firstRow, rowCount));
    for (int row = rowCount; row < size; row++) {
      padded.put(rows(input, firstRow + rowCount - 1, 1));
    }
    model.run(rows(padded, 0, size), size, results(scored, 0, size));
    results(output, firstRow, rowCount).put(results(scored, 0, rowCount));
  }

  private ByteBuffer rows(ByteBuffer buffer, int firstRow, int rowCount) {
    return buffer
        .duplicate()
        .order(ByteOrder.nativeOrder())
        .limit((firstRow + rowCount) * rowBytes)
        .position(firstRow * rowBytes);
  }

  private FloatBuffer results(FloatBuffer buffer, int firstRow, int rowCount) {
    return buffer
        .duplicate()
        .limit((firstRow + rowCount) * outputWidth)
        .position(firstRow * outputWidth);
  }
}
