package dev.skerry.retrain.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where candidates and what came of them are kept, by the version of the dataset. A directory
 * without an outcome is of a training that was cut off.
 *
 * @param root of one stream
 */
public record Trainings(Path root) {

  /** Below the directory of the datasets. */
  public static Trainings of(Path directory, String stream) {
    return new Trainings(directory.resolve("trainings").resolve(stream));
  }

  /** Those that ended, the oldest first. */
  public List<Outcome> outcomes() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> entry.resolve(Outcome.FILE))
          .filter(Files::exists)
          .map(Outcome::read)
          .sorted(Comparator.comparingInt(Outcome::datasetVersion))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last one that ended. */
  public Optional<Outcome> latest() {
    List<Outcome> outcomes = outcomes();
    return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.get(outcomes.size() - 1));
  }

  /** Where the training on a version of the dataset keeps its files. */
  public Path directory(int datasetVersion) {
    return root.resolve(String.format(Locale.ROOT, "%06d", datasetVersion));
  }

  /** The candidate of a training. */
  public Path candidate(int datasetVersion) {
    return directory(datasetVersion).resolve("candidate.onnx");
  }
}
