package dev.skerry.local;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The model that somebody named on the command line, or the one that ships with Skerry. */
final class ModelFile {

  private static final String SHIPPED_NAME = "vibration-faults.onnx";
  private static final String SHIPPED = "/models/vibration/" + SHIPPED_NAME;

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

  private static Path shipped(SiteFiles files) {
    Path file = files.root().resolve("models").resolve(SHIPPED_NAME);
    try (InputStream model = ModelFile.class.getResourceAsStream(SHIPPED)) {
      if (model == null) {
        throw new SiteRefusedException(
            "This build has no model of its own: name an .onnx file with --model");
      }
      Files.createDirectories(files.root().resolve("models"));
      Files.copy(model, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new SiteRefusedException("The model cannot be written to " + file + ": " + e, e);
    }
  }
}
