package dev.skerry.local;

import dev.skerry.local.site.ShippedModel;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model that somebody named on the command line, or those that ship with Skerry. */
final class ModelFile {

  private ModelFile() {}

  static Path of(List<Path> named, SiteFiles files) {
    for (Path file : named) {
      if (!Files.isReadable(file)) {
        throw new SiteRefusedException(
            "The model file " + file + " cannot be read: name an .onnx file with --model");
      }
    }
    return named.stream().findFirst().map(Path::toAbsolutePath).orElseGet(() -> shipped(files));
  }

  /** The directory where they are then; inference serves all that it holds. */
  private static Path shipped(SiteFiles files) {
    Path directory = files.root().resolve("models").resolve("shipped");
    ShippedModel.VIBRATION.into(directory);
    ShippedModel.SURFACE.into(directory);
    return directory;
  }
}
