package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowerTest {

  private static final long SECOND = 1_000_000_000L;

  @Property
  void shouldMakeTheWindowsOfANaiveImplementation(
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 1, max = 12) int size,
      @ForAll @IntRange(min = 1, max = 15) int hop,
      @ForAll @IntRange(max = 80) int rowCount,
      @ForAll long seed) {
    List<RowReader.Reading> rows = randomRows(channels, rowCount, new Random(seed));
    Windower windower = new Windower(channels, 1, size, hop);

    List<Window> windows = new ArrayList<>();
    rows.forEach(row -> windower.add(row).ifPresent(windows::add));

    List<Integer> begins = new ArrayList<>();
    for (int begin = 0; begin + size <= rowCount; begin += hop) {
      begins.add(begin);
    }
    assertThat(windows).hasSize(begins.size());
    assertThat(windows).hasSize(rowCount < size ? 0 : (rowCount - size) / hop + 1);
    for (int i = 0; i < windows.size(); i++) {
      assertSame(windows.get(i), rows.subList(begins.get(i), begins.get(i) + size), channels);
    }
    assertThat(windower.tailRows()).isEqualTo(naiveTailRows(rowCount, size, hop));
  }

  private static void assertSame(Window window, List<RowReader.Reading> rows, int channels) {
    float[] expected = new float[channels * rows.size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int step = 0; step < rows.size(); step++) {
      for (int channel = 0; channel < channels; channel++) {
        expected[channel * rows.size() + step] = rows.get(step).values()[channel];
      }
      largest = Math.max(largest, Double.parseDouble(rows.get(step).labels()[0]));
    }
    assertThat(window.values()).isEqualTo(expected);
    assertThat(window.endNanos()).isEqualTo(rows.get(rows.size() - 1).nanos());
    assertThat(window.labels()).containsExactly(Optional.of(Double.toString(largest)));
  }

  /** Rows from the beginning of the first window that is not whole, less those that are in one. */
  private static long naiveTailRows(int rowCount, int size, int hop) {
    int begin = 0;
    int covered = 0;
    while (begin + size <= rowCount) {
      covered = begin + size;
      begin += hop;
    }
    return java.util.stream.IntStream.range(Math.max(begin, covered), rowCount).count();
  }

  private static List<RowReader.Reading> randomRows(int channels, int count, Random random) {
    List<RowReader.Reading> rows = new ArrayList<>();
    long nanos = 0;
    for (int row = 0; row < count; row++) {
      float[] values = new float[channels];
      for (int channel = 0; channel < channels; channel++) {
        values[channel] = random.nextFloat();
      }
      nanos += random.nextInt(3) * SECOND;
      rows.add(
          new RowReader.Reading(
              "d", nanos, values, new String[] {Double.toString(random.nextInt(5) / 2.0)}));
    }
    return rows;
  }

  @Test
  void shouldTellTheRateOfEvenRowsAndOnlyOfThose() {
    assertThat(lastWindow(3, 0, SECOND, 2 * SECOND).sampleRateHz()).isEqualTo(1f);
    assertThat(lastWindow(3, 0, SECOND / 4, SECOND / 2).sampleRateHz()).isEqualTo(4f);
    assertThat(lastWindow(3, 0, SECOND, 3 * SECOND).sampleRateHz()).isZero();
    assertThat(lastWindow(3, 5, 5, 5).sampleRateHz()).isZero();
    assertThat(lastWindow(1, 5).sampleRateHz()).isZero();
  }

  @Test
  void shouldLookAtTheRowsOfTheWindowAloneForTheRate() {
    assertThat(lastWindow(2, 0, 50 * SECOND, 51 * SECOND).sampleRateHz()).isEqualTo(1f);
  }

  @Test
  void shouldKeepTheLargestNumericLabelAsItIsWritten() {
    assertThat(labelOf("0.0", "1.0", "0.0")).contains("1.0");
    assertThat(labelOf("-2", "-10", "")).contains("-2");
    assertThat(labelOf("9", "10", "1e1")).contains("10");
  }

  @Test
  void shouldKeepTheLastLabelWhereNotAllAreNumbers() {
    assertThat(labelOf("ok", "worn", "ok")).contains("ok");
    assertThat(labelOf("1", "worn", "")).contains("worn");
  }

  @Test
  void shouldHaveNoLabelWhereAllCellsAreEmpty() {
    assertThat(labelOf("", "", "")).isEmpty();
  }

  private static Window lastWindow(int size, long... nanos) {
    Windower windower = new Windower(1, 0, size, 1);
    Optional<Window> last = Optional.empty();
    for (long time : nanos) {
      last = windower.add(new RowReader.Reading("d", time, new float[] {1}, new String[0]));
    }
    return last.orElseThrow();
  }

  private static Optional<String> labelOf(String... labels) {
    Windower windower = new Windower(1, 1, labels.length, 1);
    Optional<Window> last = Optional.empty();
    for (String label : labels) {
      last = windower.add(new RowReader.Reading("d", 0, new float[] {1}, new String[] {label}));
    }
    return last.orElseThrow().labels().get(0);
  }
}
