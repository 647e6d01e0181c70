package dev.skerry.browser;

import dev.skerry.broker.FreePorts;
import dev.skerry.local.site.ShippedModel;
import dev.skerry.local.site.Site;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SitePorts;
import dev.skerry.local.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A whole site with its console, on the shipped models. */
record ShownSite(Site site) implements AutoCloseable {

  static ShownSite start(Path directory) throws IOException, InterruptedException {
    SiteSettings settings =
        new SiteSettings(
            new SiteFiles(directory),
            SitePorts.free().withConsole(FreePorts.next()),
            new SiteSettings.Source.Simulated(
                List.of("--interval", "500ms", "--cameras", "2", "--frame-rate", "1")),
            models(directory));
    return new ShownSite(Site.start(settings, System.out::println, (before, now) -> {}));
  }

  private static List<Path> models(Path directory) {
    Path models = directory.resolve("models");
    return List.of(ShippedModel.VIBRATION.into(models), ShippedModel.SURFACE.into(models));
  }

  String url() {
    return site.console().orElseThrow();
  }

  @Override
  public void close() {
    site.close();
  }
}
