package dev.skerry.local.model;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.schemas.release.InvalidKeyFileException;
import dev.skerry.schemas.release.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which key signs. */
final class SigningKeyOption {

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "The Ed25519 key that signs, PKCS #8 in PEM; by default the environment variable",
        "SKERRY_RELEASE_KEY names it, else the site on this machine has one."
      })
  private Optional<Path> key = Optional.empty();

  SigningKey read(SiteFiles files) {
    Path file =
        key.or(() -> Optional.ofNullable(System.getenv("SKERRY_RELEASE_KEY")).map(Path::of))
            .orElseGet(files::releaseKey);
    if (!Files.isReadable(file)) {
      throw new SiteRefusedException(
          "There is no key "
              + file
              + ": name one with --key, or make one with ./skerry model keygen");
    }
    try {
      return SigningKey.read(file);
    } catch (InvalidKeyFileException e) {
      throw new SiteRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
