package dev.skerry.local.model;

import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Retirement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skerry model retire}: no further site takes a release. */
@Command(
    name = "retire",
    description = {
      "Lets no further site take a release, and empties its chunks; where it serves, it does until",
      "something newer replaces it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRetireCommand extends ReleaseStatementCommand<Retirement> {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = false,
      description = "Why; sites write it to model-status.")
  private String reason = "";

  @Override
  Retirement statement(Release release, long nowMillis) {
    return new Retirement(release.id().model(), release.id().version(), nowMillis, reason);
  }

  @Override
  void write(ReleasePublisher publisher, Retirement statement, Release release) {
    publisher.retire(statement, release.manifest());
  }

  @Override
  String words(Retirement statement) {
    return "is retired";
  }
}
