package dev.skerry.inference.model;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.model.FrameInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The models that are served, one for each stream. Immutable until it is closed. */
public final class Models implements AutoCloseable {

  private static final String SUFFIX = ".onnx";

  private final List<ServedModel> all;
  private final Map<String, Path> fileByStream;

  private Models(List<ServedModel> all, Map<String, Path> fileByStream) {
    this.all = List.copyOf(all);
    this.fileByStream = Map.copyOf(fileByStream);
  }

  /**
   * Loads model files.
   *
   * @param paths files, and directories of which every {@code .onnx} file is taken
   * @throws InvalidModelException for a path without a model, a model that must not serve, and two
   *     models for one stream
   */
  public static Models load(List<Path> paths, ModelLoader loader) {
    Map<String, Path> fileByStream = new LinkedHashMap<>();
    List<ServedModel> loaded = new ArrayList<>();
    try {
      for (Path file : files(paths)) {
        ServedModel model = loader.load(file);
        loaded.add(model);
        Path other = fileByStream.put(model.contract().stream(), file);
        if (other != null) {
          throw new InvalidModelException(
              "The models %s and %s both answer the stream %s; leave one of them out"
                  .formatted(other, file, model.contract().stream()));
        }
      }
      return new Models(loaded, fileByStream);
    } catch (RuntimeException e) {
      loaded.forEach(ServedModel::close);
      throw e;
    }
  }

  private static List<Path> files(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      List<Path> here = Files.isDirectory(path) ? modelsIn(path) : List.of(path);
      if (here.isEmpty()) {
        throw new InvalidModelException("The directory " + path + " holds no " + SUFFIX + " file");
      }
      files.addAll(here);
    }
    return files;
  }

  private static List<Path> modelsIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + directory + " cannot be read", e);
    }
  }

  /** Every model, in the order of the paths. */
  public List<ServedModel> all() {
    return all;
  }

  /** Where one of them came from. */
  public Path file(ServedModel model) {
    return requireNonNull(fileByStream.get(model.contract().stream()));
  }

  /** Whether any model takes frames. */
  public boolean takeFrames() {
    return all.stream().anyMatch(model -> model.contract().input() instanceof FrameInput);
  }

  @Override
  public void close() {
    all.forEach(ServedModel::close);
  }
}
