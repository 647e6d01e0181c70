package dev.skerry.local.model;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The file that was named. */
final class ModelPath {

  private ModelPath() {}

  static Path require(Path file, CommandSpec spec) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ParameterException(
          spec.commandLine(), "The model file " + file + " does not exist or cannot be read");
    }
    return file;
  }
}
