package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.inference.model.ScoringException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchRunTest {

  private static final int CAPACITY = 24;
  private static final int WIDTH = 3;
  private static final int OUTPUT_WIDTH = 2;
  private static final float UNTOUCHED = -7;

  private final List<Integer> sizes = new ArrayList<>();
  private final ByteBuffer input = direct(CAPACITY * WIDTH * Float.BYTES);
  private final FloatBuffer output = direct(CAPACITY * OUTPUT_WIDTH * Float.BYTES).asFloatBuffer();

  BatchRunTest() {
    for (int i = 0; i < CAPACITY * WIDTH; i++) {
      input.putFloat(i * Float.BYTES, i);
    }
  }

  @Property(tries = 300)
  void shouldGiveTheSameScoresPaddedOrNotAndTouchNoOtherRow(
      @ForAll @IntRange(max = CAPACITY - 1) int firstRow,
      @ForAll @IntRange(min = 1, max = CAPACITY) int wanted,
      @ForAll boolean fixedSizes)
      throws ScoringException {
    int rowCount = Math.min(wanted, CAPACITY - firstRow);
    for (int i = 0; i < CAPACITY * OUTPUT_WIDTH; i++) {
      output.put(i, UNTOUCHED);
    }

    run(fixedSizes).score(firstRow, rowCount);

    for (int row = 0; row < CAPACITY; row++) {
      boolean scored = row >= firstRow && row < firstRow + rowCount;
      float sum = 3 * (row * WIDTH + 1);
      assertThat(output.get(row * OUTPUT_WIDTH)).isEqualTo(scored ? sum : UNTOUCHED);
      assertThat(output.get(row * OUTPUT_WIDTH + 1)).isEqualTo(scored ? -sum : UNTOUCHED);
    }
  }

  @Test
  void shouldRunOnlyAFewSizesForAProviderThatCompilesEach() throws ScoringException {
    BatchRun run = run(/* fixedSizes= */ true);
    for (int rows = 1; rows <= CAPACITY; rows++) {
      run.score(0, rows);
    }
    assertThat(sizes).containsOnly(1, 2, 4, 8, 16, CAPACITY);
  }

  @Test
  void shouldRunEverySizeAsItIsOtherwise() throws ScoringException {
    run(/* fixedSizes= */ false).score(1, 7);
    assertThat(sizes).containsExactly(7);
  }

  private BatchRun run(boolean fixedSizes) {
    return new BatchRun(this::sumRows, input, output, CAPACITY, fixedSizes);
  }

  private void sumRows(ByteBuffer rows, int rowCount, FloatBuffer results) {
    sizes.add(rowCount);
    assertThat(rows.remaining()).isEqualTo(rowCount * WIDTH * Float.BYTES);
    assertThat(results.remaining()).isEqualTo(rowCount * OUTPUT_WIDTH);
    FloatBuffer floats = rows.asFloatBuffer();
    for (int row = 0; row < rowCount; row++) {
      float sum = floats.get() + floats.get() + floats.get();
      results.put(sum).put(-sum);
    }
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
