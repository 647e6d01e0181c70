package dev.skerry.local;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The model that somebody named on the command line, or those that ship with Skerry. */
final class ModelFile {

  private static final List<String> SHIPPED =
      List.of("/models/vibration/vibration-faults.onnx", "/models/surface/surface-defects.onnx");

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
    try {
      Files.createDirectories(directory);
      for (String resource : SHIPPED) {
        copy(resource, directory.resolve(resource.substring(resource.lastIndexOf('/') + 1)));
      }
      return directory;
    } catch (IOException e) {
      throw new SiteRefusedException("The models cannot be written to " + directory + ": " + e, e);
    }
  }

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream model = ModelFile.class.getResourceAsStream(resource)) {
      if (model == null) {
        throw new SiteRefusedException(
            "This build has no models of its own: name an .onnx file with --model");
      }
      Files.copy(model, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
