package dev.skerry.warehouse.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes an answer in one of the formats. */
final class RowWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RowWriter() {}

  static void write(Rows rows, SqlFormat format, PrintStream out) {
    switch (format) {
      case TABLE -> table(rows, out);
      case CSV -> csv(rows, out);
      case JSON -> json(rows, out);
    }
  }

  private static void json(Rows rows, PrintStream out) {
    for (List<@Nullable Object> row : rows.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < rows.columns().size(); i++) {
        object.put(rows.columns().get(i), row.get(i));
      }
      out.println(toJson(object));
    }
  }

  private static void csv(Rows rows, PrintStream out) {
    out.print(csvLine(rows.columns()));
    rows.rows().forEach(row -> out.print(csvLine(row)));
  }

  private static String csvLine(List<? extends @Nullable Object> cells) {
    return cells.stream()
        .map(RowWriter::text)
        .map(RowWriter::csvCell)
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String csvCell(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void table(Rows rows, PrintStream out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(rows.columns());
    rows.rows().forEach(row -> lines.add(row.stream().map(RowWriter::text).toList()));
    int[] widths = new int[rows.columns().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(padded(line.get(i), widths[i], isNumeric(rows, i))).append("  ");
      }
      out.println(text.toString().stripTrailing());
    }
    out.println(rows.rows().size() == 1 ? "(1 row)" : "(" + rows.rows().size() + " rows)");
  }

  private static boolean isNumeric(Rows rows, int column) {
    return !rows.rows().isEmpty()
        && rows.rows().stream()
            .map(row -> row.get(column))
            .allMatch(value -> value == null || value instanceof Number);
  }

  private static String padded(String text, int width, boolean toTheRight) {
    String space = " ".repeat(width - text.length());
    return toTheRight ? space + text : text + space;
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Collection || value instanceof Map ? toJson(value) : value.toString();
  }

  private static String toJson(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
