package dev.skerry.warehouse.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's files on a local disk, without Hadoop. What is closed is on the disk: a table never
 * refers to a file that a power cut can take away. Locations are {@code file:///absolute/path},
 * taken letter for letter (Iceberg escapes what it puts into paths). Thread-safe.
 */
public final class LocalFileIO implements FileIO {

  private static final long serialVersionUID = 1;
  private static final String SCHEME = "file:";

  private Map<String, String> properties = Map.of();

  /** The location of a path. */
  public static String location(Path path) {
    return SCHEME + "//" + path.toAbsolutePath().normalize();
  }

  /** The path of a location, with a scheme or without. */
  public static Path path(String location) {
    String path = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : location;
    return Path.of(path.startsWith("//") ? path.substring(2) : path);
  }

  @Override
  public void initialize(Map<String, String> settings) {
    properties = Map.copyOf(settings);
  }

  @Override
  public Map<String, String> properties() {
    return properties;
  }

  @Override
  public InputFile newInputFile(String location) {
    return new LocalInputFile(location, path(location));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new LocalOutputFile(location, path(location));
  }

  /** Deletes a file, and directories that are left empty. A file that is gone already is fine. */
  @Override
  public void deleteFile(String location) {
    Path file = path(location);
    try {
      Files.deleteIfExists(file);
      deleteWhileEmpty(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(location + " cannot be deleted", e);
    }
  }

  private static void deleteWhileEmpty(@Nullable Path directory) throws IOException {
    Path current = directory;
    while (current != null && String.valueOf(current.getFileName()).matches("[01]{4,8}")) {
      try {
        Files.deleteIfExists(current);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
      current = current.getParent();
    }
  }
}
