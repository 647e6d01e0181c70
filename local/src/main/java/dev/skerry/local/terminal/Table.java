package dev.skerry.local.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns as wide as their widest cell. On a terminal lines end at its width: what may be long,
 * such as free text, belongs into the last column.
 */
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

  /** The table, a line for each row, as standard output takes it. */
  public String text() {
    return text(Console.columns());
  }

  /** The same in so many columns. */
  String text(int columns) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
      }
      text.append(Text.cut(line.toString().stripTrailing(), columns)).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
