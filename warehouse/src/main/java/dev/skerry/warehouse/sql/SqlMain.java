package dev.skerry.warehouse.sql;

import dev.skerry.service.ConfigException;
import dev.skerry.service.ExitCode;
import dev.skerry.service.Settings;
import dev.skerry.warehouse.WarehouseConfig;
import dev.skerry.warehouse.catalog.WarehouseCatalog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Answers SQL over the warehouse's tables: a statement given as an argument, or, without one, each
 * statement of standard input that ends with a semicolon.
 */
@Command(name = "sql", description = "SQL over the warehouse's tables.", sortOptions = false)
public final class SqlMain implements Callable<Integer> {

  @Option(names = "--config", required = true, description = "The warehouse's configuration.")
  private Path config = Path.of("warehouse.properties");

  @Option(names = "--format", description = "table, csv or json (default: table).")
  private SqlFormat format = SqlFormat.TABLE;

  @Parameters(arity = "0..1", paramLabel = "STATEMENT")
  private Optional<String> statement = Optional.empty();

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new SqlMain()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try {
      return answer(warehouse(), out);
    } catch (ConfigException e) {
      System.err.println(e.getMessage());
      return ExitCode.USAGE;
    } finally {
      out.flush();
    }
  }

  private int answer(WarehouseConfig warehouse, PrintStream out) throws IOException, SQLException {
    try (WarehouseCatalog catalog = WarehouseCatalog.open(warehouse);
        SqlSession session = SqlSession.open(catalog, warehouse.sql().fetchBytes())) {
      return statement.isPresent()
          ? answerGiven(session, statement.get(), out)
          : answerAll(session, out);
    }
  }

  private WarehouseConfig warehouse() {
    return Settings.load(new String[] {"--config", config.toString()}, WarehouseConfig.class)
        .get(WarehouseConfig.class);
  }

  private int answerGiven(SqlSession session, String sql, PrintStream out) {
    Statements statements = new Statements();
    List<String> all = new ArrayList<>(statements.add(sql));
    if (!statements.rest().isBlank()) {
      all.add(statements.rest());
    }
    if (all.isEmpty()) {
      System.err.println("There is no statement: give one, for example \"SHOW TABLES\"");
      return ExitCode.USAGE;
    }
    int code = ExitCode.OK;
    for (String one : all) {
      code = Math.max(code, answer(session, one, out));
    }
    return code;
  }

  private int answerAll(SqlSession session, PrintStream out) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Statements statements = new Statements();
    int code = ExitCode.OK;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      for (String sql : statements.add(line + "\n")) {
        code = Math.max(code, answer(session, sql, out));
        out.println(); // Says that the answer is over.
        out.flush();
      }
    }
    String rest = statements.rest();
    return rest.isBlank() ? code : Math.max(code, answer(session, rest, out));
  }

  private int answer(SqlSession session, String sql, PrintStream out) {
    try {
      Rows rows = session.ask(sql);
      if (!rows.columns().isEmpty()) {
        RowWriter.write(rows, format, out);
      }
      return ExitCode.OK;
    } catch (SQLException e) {
      System.err.println(SqlProblem.explained(String.valueOf(e.getMessage()), session.tables()));
      return ExitCode.USAGE;
    }
  }
}
