package dev.skerry.service.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How some files were when they were looked at: two that are equal have seen the same files.
 *
 * @param stamps one for each file, in their order
 */
record FileStamps(List<String> stamps) {

  /** Looks at the files; one that is not there is a stamp too. */
  static FileStamps of(Collection<Path> files) {
    List<String> stamps = new ArrayList<>();
    for (Path file : files) {
      try {
        // Follows links: a volume of Kubernetes changes by turning one.
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey());
      } catch (IOException e) {
        stamps.add("cannot be read"); // Using it says why.
      }
    }
    return new FileStamps(List.copyOf(stamps));
  }
}
