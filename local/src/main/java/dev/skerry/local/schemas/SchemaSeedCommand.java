package dev.skerry.local.schemas;

import dev.skerry.local.seed.Difference;
import dev.skerry.local.seed.SeedFailedException;
import dev.skerry.local.seed.Seeding;
import dev.skerry.local.terminal.Table;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.service.ExitCode;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry schemas seed}: the catalogue with its ids into a real registry. */
@Command(
    name = "seed",
    description = {
      "Puts the catalogue with its ids into a registry (Confluent's, Redpanda's, Apicurio's), sets",
      "FULL_TRANSITIVE for its subjects, and reads every id back. Deletes nothing; doing it again",
      "changes nothing. Exit code 1 where the registry says something else than the catalogue."
    },
    mixinStandardHelpOptions = true)
final class SchemaSeedCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // Set by picocli.
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "The registry, for example http://registry:8081.")
  private String url = "";

  @Option(
      names = "--user-info",
      paramLabel = "USER:PASSWORD",
      description = "For basic authentication.")
  private String userInfo = "";

  @Option(
      names = "--read-only",
      description = "Put the subjects into mode READONLY, so that nobody else writes to them.")
  private boolean readOnly;

  @Override
  public Integer call() throws InterruptedException {
    requireHttp();
    PrintWriter err = spec.commandLine().getErr();
    Seeding.Outcome outcome;
    try {
      outcome = new Seeding(SchemaCatalogue.released(), readOnly).seed(url, userInfo);
    } catch (SeedFailedException e) {
      err.println(e.getMessage());
      return ExitCode.FAILED;
    }
    if (outcome instanceof Seeding.Outcome.Seeded seeded) {
      System.out.printf(
          "%s (%s): %d versions of subjects have the catalogue's ids, %d of them new.%n",
          url, seeded.registry(), seeded.versions(), seeded.added());
      return ExitCode.OK;
    }
    err.println(explanation(outcome));
    err.print(table(outcome).text());
    err.flush();
    return ExitCode.FAILED;
  }

  private void requireHttp() {
    boolean http;
    try {
      URI uri = URI.create(url);
      http =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      http = false;
    }
    if (!http) {
      throw new CatalogueNames(spec)
          .refused("--url: \"" + url + "\" is no address such as http://registry:8081");
    }
    if (!userInfo.isEmpty() && !userInfo.contains(":")) {
      throw new CatalogueNames(spec).refused("--user-info: write it as USER:PASSWORD");
    }
  }

  private String explanation(Seeding.Outcome outcome) {
    return outcome instanceof Seeding.Outcome.Refused
        ? url
            + " has something else where the catalogue's schemas belong; nothing was written."
            + " Give it a registry, or a context, where these subjects and ids are free:"
        : url
            + " took the schemas and does not say what the catalogue says; do not use it with"
            + " Skerry's records before this is gone:";
  }

  private static Table table(Seeding.Outcome outcome) {
    List<Difference> differences =
        outcome instanceof Seeding.Outcome.Refused refused
            ? refused.differences()
            : ((Seeding.Outcome.Differs) outcome).differences();
    Table table = new Table(List.of("subject", "version", "expected", "found"));
    for (Difference difference : differences) {
      table.row(
          difference.subject(),
          difference.version() == 0 ? "all" : Integer.toString(difference.version()),
          difference.expected(),
          difference.found());
    }
    return table;
  }
}
