package dev.skerry.local;

import dev.skerry.local.site.SiteRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The model that somebody named on the command line. */
final class ModelFile {

  private ModelFile() {}

  static Optional<Path> required(List<Path> named) {
    for (Path file : named) {
      if (!Files.isReadable(file)) {
        throw new SiteRefusedException(
            "The model file " + file + " cannot be read: name an .onnx file with --model");
      }
    }
    return named.stream().findFirst().map(Path::toAbsolutePath);
  }
}
