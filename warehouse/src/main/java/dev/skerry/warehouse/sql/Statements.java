package dev.skerry.warehouse.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL text as it comes, cut into its statements at the semicolons that stand neither in quotes nor
 * in comments. Not thread-safe.
 */
final class Statements {

  private String open = "";

  /** Takes more text; returns the statements that are complete now. */
  List<String> add(String text) {
    open += text;
    List<String> complete = new ArrayList<>();
    for (int end = end(open); end > 0; end = end(open)) {
      complete.add(open.substring(0, end));
      open = open.substring(end);
    }
    return complete;
  }

  /** What no semicolon has ended. */
  String rest() {
    return open;
  }

  /** Behind the first semicolon that ends a statement; 0 where there is none. */
  private static int end(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == ';') {
        return at + 1;
      }
      at = next(sql, at, c);
    }
    return 0;
  }

  private static int next(String sql, int at, char c) {
    if (c == '\'' || c == '"') {
      return behind(sql, String.valueOf(c), at + 1);
    }
    if (sql.startsWith("--", at)) {
      return behind(sql, "\n", at);
    }
    if (sql.startsWith("/*", at)) {
      return behind(sql, "*/", at + 2);
    }
    return sql.startsWith("$$", at) ? behind(sql, "$$", at + 2) : at + 1;
  }

  private static int behind(String sql, String what, int from) {
    int found = sql.indexOf(what, from);
    return found < 0 ? sql.length() : found + what.length();
  }
}
