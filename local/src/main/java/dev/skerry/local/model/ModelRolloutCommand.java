package dev.skerry.local.model;

import dev.skerry.schemas.release.InvalidStatementException;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.Rollout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code skerry model rollout}: which sites take a release. */
@Command(
    name = "rollout",
    description = {
      "Says which sites take a release: a percentage by a stable hash of their ids, so that",
      "raising it only adds sites, and sites by name. What is left out stays as it was."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRolloutCommand extends ReleaseStatementCommand<Rollout> {

  @Option(
      names = "--site-percent",
      paramLabel = "N",
      description = "Percent of the sites that take it.")
  private Optional<Double> sitePercent = Optional.empty();

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites that take it in any case, in place of those before.")
  private @Nullable List<String> sites;

  @Option(names = "--halt", description = "No further site takes it, whatever else is said.")
  private boolean halt;

  @Override
  String words(Rollout rollout) {
    return rollout.halted() ? "is halted" : "is for " + rollout.sitePercent() + " % of the sites";
  }

  @Override
  Rollout statement(Release release, long nowMillis) {
    Optional<Rollout> before = release.rollout();
    try {
      return new Rollout(
          release.id().model(),
          release.id().version(),
          nowMillis,
          sitePercent.or(() -> before.map(Rollout::sitePercent)).orElse(0.0),
          sites == null ? before.map(Rollout::sites).orElse(List.of()) : sites,
          halt,
          halt ? "halted by hand" : "by hand");
    } catch (InvalidStatementException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
