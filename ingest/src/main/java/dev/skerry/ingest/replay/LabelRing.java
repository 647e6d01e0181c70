package dev.skerry.ingest.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The label cells of a window's rows, and the rule that makes one label of them: the largest where
 * all are numbers, so that one anomalous row makes an anomalous window; otherwise the last one.
 * Empty cells do not count. A label is kept as it was written.
 */
final class LabelRing {

  private final int columns;
  private final int sizeRows;
  private final String[] cells;

  LabelRing(int columns, int sizeRows) {
    this.columns = columns;
    this.sizeRows = sizeRows;
    this.cells = new String[columns * sizeRows];
  }

  void put(int slot, String[] row) {
    System.arraycopy(row, 0, cells, slot * columns, columns);
  }

  /** One label per column for a full ring whose newest row is in that slot. */
  List<Optional<String>> of(int newest) {
    List<Optional<String>> labels = new ArrayList<>(columns);
    for (int column = 0; column < columns; column++) {
      labels.add(label(column, newest));
    }
    return labels;
  }

  private Optional<String> label(int column, int newest) {
    String last = "";
    String largest = "";
    double largestValue = Double.NEGATIVE_INFINITY;
    boolean numbers = true;
    for (int step = 1; step <= sizeRows; step++) {
      String cell = cells[((newest + step) % sizeRows) * columns + column];
      if (cell.isEmpty()) {
        continue;
      }
      last = cell;
      if (numbers && !cell.equals(largest)) {
        if (!Cell.isNumber(cell)) {
          numbers = false;
        } else if (Double.parseDouble(cell) > largestValue) {
          largestValue = Double.parseDouble(cell);
          largest = cell;
        }
      }
    }
    String label = numbers ? largest : last;
    return label.isEmpty() ? Optional.empty() : Optional.of(label);
  }
}
