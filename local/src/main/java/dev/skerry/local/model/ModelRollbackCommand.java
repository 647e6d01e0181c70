package dev.skerry.local.model;

import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.Revocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skerry model rollback}: a release is taken back everywhere. */
@Command(
    name = "rollback",
    description = {
      "Takes a release back at all sites: where it serves, what served before does again, and it",
      "never comes back. To serve that file again, publish it as a new version."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRollbackCommand extends ReleaseStatementCommand<Revocation> {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; sites write it to model-status.")
  private String reason = "";

  @Override
  Revocation statement(Release release, long nowMillis) {
    return new Revocation(release.id().model(), release.id().version(), nowMillis, reason);
  }

  @Override
  String words(Revocation statement) {
    return "is taken back at all sites";
  }
}
