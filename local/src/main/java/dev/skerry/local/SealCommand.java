package dev.skerry.local;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.schemas.seal.FleetKey;
import dev.skerry.schemas.seal.InvalidKeyException;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skerry seal}: the keys by which a shared cloud knows which site wrote a record. */
@Command(
    name = "seal",
    description = {
      "Makes the keys with which sites seal what they write, so that none can write as another into",
      "a cloud that they share. Prints them: they are secrets."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(fleet-key|site-key)")
final class SealCommand {

  private static final int MOST = 127;

  @Command(
      name = "fleet-key",
      description = "A new key for the cloud alone, from which those of all sites come.",
      mixinStandardHelpOptions = true)
  int fleetKey(
      @Option(
              names = "--id",
              required = true,
              paramLabel = "N",
              description = "1 for the first, then one more each time, up to 127.")
          int id) {
    if (id < 1 || id > MOST) {
      throw new SiteRefusedException("--id is " + id + ": give 1 to " + MOST);
    }
    System.out.print(FleetKey.generate(id).text());
    return ExitCode.OK;
  }

  @Command(
      name = "site-key",
      description = "The key of a site, for the services there.",
      mixinStandardHelpOptions = true)
  int siteKey(
      @Option(
              names = "--fleet-key",
              required = true,
              paramLabel = "FILE",
              description = "The cloud's key.")
          Path fleetKey,
      @Option(
              names = "--site",
              required = true,
              paramLabel = "NAME",
              description = "The site's name, as its records bear it.")
          String site) {
    if (!site.matches("\\S+")) {
      throw new SiteRefusedException("--site is \"" + site + "\": give a name without blanks");
    }
    try {
      System.out.print(FleetKey.read(fleetKey).of(site).text());
      return ExitCode.OK;
    } catch (InvalidKeyException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
