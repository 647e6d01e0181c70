package dev.skerry.local;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteParts;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.WarehouseJars;
import dev.skerry.local.supervise.ChildClasses;
import dev.skerry.warehouse.sql.SqlMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skerry sql}: a question to the tables of what has reached the cloud. */
@Command(
    name = "sql",
    description = {
      "Answers SQL (DuckDB's) over the warehouse's tables, a view for each; times are in UTC. SHOW",
      "TABLES lists them, DESCRIBE aggregates says what columns one has. Without a statement it",
      "answers those of standard input, each ended by a semicolon. The site need not be up."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SqlCommand implements Callable<Integer> {

  private enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Of a warehouse elsewhere, in place of this site's (docs/warehouse.md).")
  private Optional<Path> elsewhere = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv, or json for an object a line (default: table).")
  private Format format = Format.TABLE;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "STATEMENT",
      description = "For example \"SELECT label, count(*) FROM retraining_samples GROUP BY ALL\".")
  private Optional<String> statement = Optional.empty();

  /** DuckDB and Iceberg are in a process of their own: nothing else carries their libraries. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path config = elsewhere.orElseGet(this::ofTheSite);
    if (!Files.exists(config)) {
      throw new SiteRefusedException("There is no file " + config);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(ChildClasses.options(WarehouseJars.classPath()));
    command.add(SqlMain.class.getName());
    command.addAll(List.of("--config", config.toString()));
    command.addAll(List.of("--format", (json ? Format.JSON : format).name()));
    statement.ifPresent(command::add);
    if (statement.isEmpty() && Boolean.getBoolean("skerry.terminal.in")) {
      System.err.println("SQL, each statement ended by a semicolon; Ctrl-D ends");
    }
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private Path ofTheSite() {
    SiteFiles files = data.files();
    Path config = files.config(SiteParts.WAREHOUSE);
    if (!Files.exists(config)) {
      throw new SiteRefusedException(
          "There is no warehouse in "
              + files.root()
              + ": ./skerry up without --no-cloud makes one");
    }
    return config;
  }
}
