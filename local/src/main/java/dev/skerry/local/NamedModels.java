package dev.skerry.local;

import dev.skerry.local.site.ShippedModel;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The models that somebody named on the command line, or those that ship with Skerry. */
final class NamedModels {

  private NamedModels() {}

  /** A file, or the directory where they are then: inference serves all that it holds. */
  static Path all(List<Path> named, SiteFiles files) {
    named.forEach(NamedModels::check);
    Path models = files.root().resolve("models");
    return switch (named.size()) {
      case 0 -> shipped(models.resolve("shipped"));
      case 1 -> named.get(0).toAbsolutePath();
      default -> copied(named, models.resolve("named"));
    };
  }

  /** The one whose channels and windows the files of a replay have. */
  static Path only(List<Path> named) {
    if (named.size() > 1) {
      throw new SiteRefusedException(
          "--model names %d files, and a replay is answered by one: name the others in a run of their own"
              .formatted(named.size()));
    }
    check(named.get(0));
    return named.get(0).toAbsolutePath();
  }

  private static void check(Path file) {
    if (!Files.isReadable(file)) {
      throw new SiteRefusedException(
          "The model file " + file + " cannot be read: name an .onnx file with --model");
    }
  }

  private static Path shipped(Path directory) {
    ShippedModel.VIBRATION.into(directory);
    ShippedModel.SURFACE.into(directory);
    return directory;
  }

  /** In place of those that were named before. */
  private static Path copied(List<Path> named, Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> before = Files.list(directory)) {
        for (Path file : before.toList()) {
          Files.delete(file);
        }
      }
      for (Path file : named) {
        copy(file, directory.resolve(file.getFileName()));
      }
      return directory;
    } catch (IOException e) {
      throw new SiteRefusedException("The models cannot be copied to " + directory + ": " + e, e);
    }
  }

  private static void copy(Path file, Path target) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new SiteRefusedException("--model " + file + " is no file: name those in it");
    }
    if (Files.exists(target)) {
      throw new SiteRefusedException(
          "--model names two files called %s: rename one".formatted(target.getFileName()));
    }
    Files.copy(file, target);
  }
}
