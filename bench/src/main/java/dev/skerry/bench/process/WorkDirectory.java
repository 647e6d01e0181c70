package dev.skerry.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory for data and logs, in the system's place for temporary files. What runs to its end
 * {@link #delete deletes} it; what fails leaves it for people to look into.
 */
public record WorkDirectory(Path path) {

  /** A new one. */
  public static WorkDirectory create() {
    try {
      return new WorkDirectory(Files.createTempDirectory("skerry-bench-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes it with all that is in it. */
  public void delete() {
    try (Stream<Path> walk = Files.walk(path)) {
      List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The directory " + path + " cannot be deleted", e);
    }
  }
}
