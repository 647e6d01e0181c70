package dev.skerry.local;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The data directory, an option of every command. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".skerry",
      scope = ScopeType.INHERIT,
      description = "Where the site keeps its data (default: .skerry in the current directory).")
  private Path dir = Path.of(".skerry");

  SiteFiles files() {
    return new SiteFiles(dir);
  }

  /** The site that is up there. */
  SiteStatus site() {
    return siteIn(files());
  }

  static SiteStatus siteIn(SiteFiles files) {
    return SiteStatus.read(files)
        .filter(status -> status.supervisor().isPresent())
        .orElseThrow(
            () ->
                new SiteRefusedException(
                    "No site is up in " + files.root() + ": start one with ./skerry up"));
  }
}
