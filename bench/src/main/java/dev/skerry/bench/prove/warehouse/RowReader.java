package dev.skerry.bench.prove.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.site.WarehouseJars;
import dev.skerry.local.supervise.ChildClasses;
import dev.skerry.warehouse.sql.SqlMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The process of {@code skerry sql}, asked one question after the other. Not thread-safe. */
final class RowReader implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final PrintStream questions;
  private final BufferedReader answers;

  private RowReader(Process process) {
    this.process = process;
    this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static RowReader start(Path configuration, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(ChildClasses.options(WarehouseJars.classPath()));
    command.add(SqlMain.class.getName());
    command.addAll(List.of("--config", configuration.toString(), "--format", "json"));
    try {
      return new RowReader(
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of an answer; none where the statement was refused, as while there is no table. */
  List<JsonNode> ask(String sql) {
    questions.println(sql.replace('\n', ' ') + ";");
    List<JsonNode> rows = new ArrayList<>();
    try {
      String line = answers.readLine();
      while (line != null && !line.isEmpty()) {
        rows.add(JSON.readTree(line));
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException("skerry sql has ended before it answered: " + sql);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** How many rows a table has; 0 where there is none yet. */
  long count(String table) {
    List<JsonNode> rows = ask("SELECT count(*) AS n FROM " + table);
    return rows.isEmpty() ? 0 : rows.get(0).path("n").asLong();
  }

  @Override
  public void close() {
    questions.close();
    process.destroy();
    process.onExit().join();
  }
}
