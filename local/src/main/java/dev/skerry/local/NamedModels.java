package dev.skerry.local;

import dev.skerry.local.site.ShippedModel;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models that somebody named on the command line, or those that ship with Skerry. */
final class NamedModels {

  private NamedModels() {}

  /** All that inference serves. */
  static List<Path> all(List<Path> named, SiteFiles files) {
    return named.isEmpty() ? shipped(files) : named.stream().map(NamedModels::readable).toList();
  }

  /** The one whose channels and windows the files of a replay have. */
  static Path only(List<Path> named) {
    if (named.size() > 1) {
      throw new SiteRefusedException(
          "--model names %d files, and a replay is answered by one: name the others in a run of their own"
              .formatted(named.size()));
    }
    return readable(named.get(0));
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw new SiteRefusedException(
          "The model file " + file + " cannot be read: name an .onnx file with --model");
    }
    return file.toAbsolutePath();
  }

  private static List<Path> shipped(SiteFiles files) {
    Path directory = files.root().resolve("models").resolve("shipped");
    return List.of(ShippedModel.VIBRATION.into(directory), ShippedModel.SURFACE.into(directory));
  }
}
