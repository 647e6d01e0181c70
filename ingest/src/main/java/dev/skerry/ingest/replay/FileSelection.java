package dev.skerry.ingest.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Files, directories, globs and standard input ({@code -}) to what they stand for, each once, in a
 * stable order.
 */
final class FileSelection {

  private static final String GLOB_CHARACTERS = "*?[{";

  private FileSelection() {}

  /** Throws {@link InputException} where one of the patterns stands for no file. */
  static List<Input> of(List<String> patterns, InputStream standardInput) {
    Map<String, Input> inputByIdentity = new LinkedHashMap<>();
    for (String pattern : patterns) {
      if (pattern.equals(StandardInput.NAME)) {
        inputByIdentity.putIfAbsent(pattern, new StandardInput(standardInput));
        continue;
      }
      for (Path file : files(pattern)) {
        inputByIdentity.putIfAbsent(realPath(file).toString(), new Input.OfFile(file));
      }
    }
    return List.copyOf(inputByIdentity.values());
  }

  private static List<Path> files(String pattern) {
    Path path = Path.of(pattern);
    if (Files.isDirectory(path)) {
      List<Path> files = find(path, 1, FileSelection::isKnown);
      return requireAny(
          files, "The directory " + pattern + " holds no .csv, .jsonl or .parquet file");
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    if (!isGlob(pattern)) {
      throw new InputException("There is no file " + pattern);
    }
    Path base = globBase(path);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : depthBelow(base, path);
    List<Path> files = Files.isDirectory(base) ? find(base, depth, matcher(pattern)) : List.of();
    return requireAny(files, "No file matches " + pattern);
  }

  private static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new InputException(pattern + " is no glob: " + e.getDescription(), e);
    }
  }

  private static List<Path> find(Path base, int depth, PathMatcher matcher) {
    try (Stream<Path> paths = Files.walk(base, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> matcher.matches(path) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(base + " cannot be searched: " + e.getMessage(), e);
    }
  }

  private static boolean isKnown(Path path) {
    return Format.ofName(path.toString()).isPresent();
  }

  private static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
  }

  /** The part of the pattern before the first name with a glob character. */
  private static Path globBase(Path pattern) {
    Path root = pattern.getRoot();
    Path base = root == null ? Path.of("") : root;
    for (Path name : pattern) {
      if (isGlob(name.toString())) {
        break;
      }
      base = base.resolve(name);
    }
    return base;
  }

  private static int depthBelow(Path base, Path pattern) {
    int names = base.toString().isEmpty() ? 0 : base.getNameCount();
    return pattern.getNameCount() - names;
  }

  private static List<Path> requireAny(List<Path> files, String problem) {
    if (files.isEmpty()) {
      throw new InputException(problem);
    }
    return files;
  }

  private static Path realPath(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
