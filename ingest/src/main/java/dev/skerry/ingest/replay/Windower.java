package dev.skerry.ingest.replay;

import java.util.Optional;

/**
 * Rows of one device in one file to windows: a window ends with every row that completes {@code
 * sizeRows} rows, the first with row number {@code sizeRows}, each further one {@code hopRows}
 * later. Keeps the last {@code sizeRows} rows. Not thread-safe.
 */
final class Windower {

  /** Steps within this share of their mean count as even. */
  private static final double EVEN_TOLERANCE = 0.01;

  private static final double NANOS_PER_SECOND = 1e9;

  private final int channels;
  private final int sizeRows;
  private final int hopRows;
  private final float[] values; // A ring of rows.
  private final long[] nanos;
  private final LabelRing labels;
  private long rows;
  private long windows;

  Windower(int channels, int labelColumns, int sizeRows, int hopRows) {
    this.channels = channels;
    this.sizeRows = sizeRows;
    this.hopRows = hopRows;
    this.values = new float[Math.multiplyExact(channels, sizeRows)];
    this.nanos = new long[sizeRows];
    this.labels = new LabelRing(labelColumns, sizeRows);
  }

  /** Takes the next row, and returns the window that it completes, if it does. */
  Optional<Window> add(RowReader.Reading row) {
    int slot = (int) (rows % sizeRows);
    System.arraycopy(row.values(), 0, values, slot * channels, channels);
    nanos[slot] = row.nanos();
    labels.put(slot, row.labels());
    rows++;
    if (rows < sizeRows || (rows - sizeRows) % hopRows != 0) {
      return Optional.empty();
    }
    windows++;
    int oldest = (int) (rows % sizeRows);
    return Optional.of(
        new Window(row.nanos(), sampleRateHz(oldest), channelMajor(oldest), labels.of(slot)));
  }

  long rows() {
    return rows;
  }

  /**
   * Rows after the last window that did not fill another one; rows between windows do not count.
   */
  long tailRows() {
    long coveredRows = windows == 0 ? 0 : (windows - 1) * hopRows + sizeRows;
    return Math.max(0, rows - Math.max(coveredRows, windows * hopRows));
  }

  private float[] channelMajor(int oldest) {
    float[] window = new float[values.length];
    for (int step = 0; step < sizeRows; step++) {
      int row = ((oldest + step) % sizeRows) * channels;
      for (int channel = 0; channel < channels; channel++) {
        window[channel * sizeRows + step] = values[row + channel];
      }
    }
    return window;
  }

  private float sampleRateHz(int oldest) {
    int newest = (oldest + sizeRows - 1) % sizeRows;
    double meanNanos = (nanos[newest] - nanos[oldest]) / Math.max(1.0, sizeRows - 1);
    if (meanNanos <= 0) {
      return 0;
    }
    for (int step = 1; step < sizeRows; step++) {
      long stepNanos = nanos[(oldest + step) % sizeRows] - nanos[(oldest + step - 1) % sizeRows];
      if (Math.abs(stepNanos - meanNanos) > EVEN_TOLERANCE * meanNanos) {
        return 0;
      }
    }
    return (float) (NANOS_PER_SECOND / meanNanos);
  }
}
