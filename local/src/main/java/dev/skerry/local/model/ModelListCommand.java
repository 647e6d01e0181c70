package dev.skerry.local.model;

import dev.skerry.local.terminal.Table;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.service.ExitCode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skerry model list}: what is released, and to whom. */
@Command(
    name = "list",
    description = "Lists the releases, and which sites they are for.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    List<Release> releases = PublishedReleases.read(broker).all();
    if (json.isGiven()) {
      releases.forEach(release -> json.print(spec, Line.of(release), () -> ""));
      return ExitCode.OK;
    }
    if (releases.isEmpty()) {
      spec.commandLine()
          .getOut()
          .println("No release is published yet: the site's own models answer");
      return ExitCode.OK;
    }
    Table table =
        new Table(List.of("model", "version", "stream", "state", "sites", "key", "issued"));
    for (Release release : releases) {
      Line line = Line.of(release);
      table.row(
          line.model(),
          line.version(),
          line.stream(),
          line.state(),
          line.sites(),
          line.keyId().isEmpty() ? "unsigned" : line.keyId(),
          line.issuedAt());
    }
    spec.commandLine().getOut().println(table.text().stripTrailing());
    return ExitCode.OK;
  }

  /** A release as it is listed. */
  record Line(
      String model,
      String version,
      String stream,
      String state,
      String sites,
      String keyId,
      String issuedAt,
      String sha256,
      long sizeBytes) {

    static Line of(Release release) {
      return new Line(
          release.id().model(),
          release.id().version(),
          release.manifest().stream(),
          release.state(),
          release.rollout().map(Line::sites).orElse("none"),
          release.keyId(),
          Instant.ofEpochMilli(release.manifest().issuedAtMillis()).toString(),
          release.manifest().sha256(),
          release.manifest().sizeBytes());
    }

    private static String sites(Rollout rollout) {
      if (rollout.halted()) {
        return "halted";
      }
      List<String> named = rollout.sites() == null ? List.of() : rollout.sites();
      return rollout.sitePercent() + " %" + (named.isEmpty() ? "" : " and " + named);
    }
  }
}
