package dev.skerry.retrain.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of all datasets below a directory: {@code STREAM/000001} and so on. A directory
 * without a manifest is none of them: it is being made.
 *
 * @param root where they are
 */
public record Datasets(Path root) {

  private static final String STREAM_NAME = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final String VERSION_NAME = "[0-9]{6,}";

  /** The streams that have versions, sorted. */
  public List<String> streams() {
    return names(root).stream().filter(stream -> !versions(stream).isEmpty()).toList();
  }

  /** The versions of a stream's dataset, the oldest first. */
  public List<DatasetVersion> versions(String stream) {
    Path directory = directory(stream);
    return names(directory).stream()
        .filter(name -> name.matches(VERSION_NAME))
        .map(directory::resolve)
        .filter(version -> Files.exists(version.resolve(DatasetManifest.FILE)))
        .map(DatasetVersion::open)
        .toList();
  }

  public Optional<DatasetVersion> latest(String stream) {
    List<DatasetVersion> versions = versions(stream);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** One of them; throws {@link DatasetException} that says what there is. */
  public DatasetVersion require(String stream, int version) {
    List<DatasetVersion> versions = versions(stream);
    return versions.stream()
        .filter(found -> found.manifest().version() == version)
        .findFirst()
        .orElseThrow(
            () ->
                new DatasetException(
                    "There is no version %d of the dataset %s in %s; there are %s"
                        .formatted(
                            version,
                            stream,
                            root,
                            versions.stream().map(found -> found.manifest().version()).toList())));
  }

  /** Where a version is, or is to be. */
  Path directory(String stream, int version) {
    return directory(stream).resolve(String.format(Locale.ROOT, "%06d", version));
  }

  private Path directory(String stream) {
    if (!stream.matches(STREAM_NAME)) {
      throw new DatasetException(
          "The stream '" + stream + "' cannot have a dataset: its name would be no directory's");
    }
    return root.resolve(stream);
  }

  private static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
