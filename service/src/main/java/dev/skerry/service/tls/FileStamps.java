package dev.skerry.service.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How some files were when they were looked at: two that are equal have seen the same files.
 *
 * @param stamps one for each file, in their order
 */
record FileStamps(List<String> stamps) {

  /**
   * Looks at the files, and at those in them that are directories; one that is not there is a stamp
   * too.
   */
  static FileStamps of(Collection<Path> files) {
    List<String> stamps = new ArrayList<>();
    files.forEach(file -> look(file, stamps));
    return new FileStamps(List.copyOf(stamps));
  }

  private static void look(Path file, List<String> stamps) {
    try {
      // Follows links: a volume of Kubernetes changes by turning one.
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      stamps.add(file + " " + seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey());
      if (seen.isDirectory()) {
        contents(file).forEach(inside -> look(inside, stamps));
      }
    } catch (IOException e) {
      stamps.add("cannot be read"); // Using it says why.
    }
  }

  private static List<Path> contents(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
