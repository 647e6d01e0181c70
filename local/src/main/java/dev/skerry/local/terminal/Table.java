package dev.skerry.local.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these headings. */
  public Table(List<String> heading) {
    rows.add(heading);
  }

  /** Adds a row with as many cells as there are headings. */
  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** The table, a line for each row. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
