package dev.skerry.local.site;

import dev.skerry.local.certificate.SecretFile;
import dev.skerry.schemas.seal.FleetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The keys by which the cloud knows which site wrote a record.
 *
 * @param fleet the cloud's
 * @param site the site's own
 */
record SiteSeals(Path fleet, Path site) {

  private static final int ID = 1;

  static SiteSeals of(SiteSettings settings) {
    return new SiteSeals(
        settings.firstFiles().seals().resolve("fleet-" + ID + ".key"),
        settings.files().seals().resolve(settings.id() + ".key"));
  }

  /** Makes what is missing. */
  void ensure(String siteId) {
    try {
      if (!Files.exists(fleet)) {
        SecretFile.write(fleet, FleetKey.generate(ID).text());
      }
      if (!Files.exists(site)) {
        SecretFile.write(site, FleetKey.read(fleet).of(siteId).text());
      }
    } catch (IOException e) {
      throw new SiteRefusedException("The keys for seals cannot be made: " + e, e);
    }
  }
}
