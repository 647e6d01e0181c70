package dev.skerry.local;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.local.site.SiteStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which of the sites of a data directory, an option of every command that is about one. */
final class SiteOption {

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--site",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "Which of several sites: local, local-2, … (default: the first).")
  private Optional<String> named = Optional.empty();

  /** The site's name, where one was given. */
  Optional<String> name() {
    return named;
  }

  /** The files of the site that was named, or of the first. */
  SiteFiles files() {
    return files(named.orElse(SiteSettings.FIRST_ID));
  }

  private SiteFiles files(String site) {
    SiteFiles first = data.files();
    if (!site.equals(SiteSettings.FIRST_ID) && !first.furtherSites().contains(site)) {
      List<String> known = new ArrayList<>(List.of(SiteSettings.FIRST_ID));
      known.addAll(first.furtherSites());
      throw new SiteRefusedException(
          "There is no site " + site + " in " + first.root() + "; there are " + known);
    }
    return first.site(site);
  }

  /** The site that was named, or the first, where it is up. */
  SiteStatus site() {
    return DataOption.siteIn(files());
  }

  /** The site that was named, or all that are up. */
  List<SiteStatus> sites() {
    if (named.isPresent()) {
      return List.of(site());
    }
    SiteStatus first = data.site();
    List<SiteStatus> all = new ArrayList<>(List.of(first));
    first.furtherSites().forEach(further -> all.add(DataOption.siteIn(files(further))));
    return all;
  }
}
