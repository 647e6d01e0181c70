package dev.skerry.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A Markdown table that is readable in a terminal too. Not thread-safe. */
public final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... header) {
    rows.add(List.of(header));
  }

  /** Adds a row with as many cells as the header. */
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(line(row, widths)));
    lines.add(
        1,
        IntStream.range(0, widths.length)
            .mapToObj(
                column ->
                    column == 0
                        ? "-".repeat(widths[column] + 2)
                        : "-".repeat(widths[column] + 1) + ":")
            .collect(Collectors.joining("|", "|", "|")));
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> pad(row.get(column), widths[column], column == 0))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String pad(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }
}
