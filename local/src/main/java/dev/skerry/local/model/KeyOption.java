package dev.skerry.local.model;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.schemas.release.ReleasePublisher;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which key signs, if any. */
final class KeyOption {

  @Mixin private SigningKeyOption key = new SigningKeyOption();

  @Option(
      names = "--unsigned",
      description = "Sign nothing: only sites that are set up for development take it.")
  private boolean unsigned;

  ReleasePublisher.Signer signer(SiteFiles files) {
    if (unsigned) {
      return ReleasePublisher.Signer.none();
    }
    return key.read(files)::sign;
  }
}
