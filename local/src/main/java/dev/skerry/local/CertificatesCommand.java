package dev.skerry.local;

import dev.skerry.local.site.SiteCertificates;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.terminal.Console;
import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skerry certificates}: those of a site that was started with {@code --secure}. */
@Command(
    name = "certificates",
    description = {
      "The certificates of a site that was started with up --secure, and when they run out. Its",
      "authorities are throwaway ones: their keys lie beside what they sign."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[renew|device]")
final class CertificatesCommand implements Callable<Integer> {

  @Mixin private SiteOption site = new SiteOption();

  @Override
  public Integer call() {
    Console console = Console.standard();
    certificates().describe().forEach(console::line);
    return ExitCode.OK;
  }

  @Command(
      name = "renew",
      description = {
        "Issues all of them anew, for new keys. What runs takes them up by itself: each new",
        "connection shows them."
      },
      mixinStandardHelpOptions = true)
  int renew() {
    Console console = Console.standard();
    int renewed = certificates().renew();
    console.line(renewed + " certificates were issued anew; processes read them as they connect");
    return ExitCode.OK;
  }

  @Command(
      name = "device",
      description = "Issues a certificate with which a device may send to the gateway as itself.",
      mixinStandardHelpOptions = true)
  int device(
      @Parameters(index = "0", paramLabel = "DEVICE", description = "The device's id.")
          String device) {
    if (!device.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new SiteRefusedException(
          "A certificate cannot be issued for \""
              + device
              + "\": use up to 64 letters, digits, ., _ and -");
    }
    certificates().issueDevice(device).forEach(Console.standard()::line);
    return ExitCode.OK;
  }

  private SiteCertificates certificates() {
    SiteCertificates certificates = SiteCertificates.of(site.files());
    if (!certificates.exist()) {
      throw new SiteRefusedException(
          "There are no certificates in "
              + site.files().certificates()
              + ": start the site with ./skerry up --secure");
    }
    return certificates;
  }
}
