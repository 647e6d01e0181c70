package dev.skerry.warehouse.sql;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DuckDB's explanation of what is wrong with a statement, as people can use it. */
final class SqlProblem {

  /** What its driver says besides, of any statement that could not be prepared. */
  private static final String NOISE = "Attempting to execute an unsuccessful or closed";

  private static final String PREFIX = "Error: ";
  private static final Pattern NO_TABLE = Pattern.compile("Table with name (\\S+) does not exist");

  private SqlProblem() {}

  /**
   * The text for people; its first line says what is wrong, and the ones below where.
   *
   * @param said by DuckDB
   * @param tables those that there are
   */
  static String explained(String said, List<String> tables) {
    Matcher missing = NO_TABLE.matcher(said);
    if (missing.find()) {
      return "There is no table "
          + missing.group(1)
          + "; "
          + (tables.isEmpty()
              ? "there is none yet: nothing has reached the cloud"
              : "there are " + String.join(", ", tables));
    }
    return said.lines()
        .filter(line -> !line.contains(NOISE))
        .map(line -> line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
