package dev.skerry.local.model;

import dev.skerry.schemas.release.ReleaseId;
import picocli.CommandLine.Parameters;

/** Which release. */
final class ReleaseName {

  @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "VERSION", description = "The model's version.")
  private String version = "";

  ReleaseId id() {
    return new ReleaseId(model, version);
  }
}
