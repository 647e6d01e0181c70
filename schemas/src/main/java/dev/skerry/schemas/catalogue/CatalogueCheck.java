package dev.skerry.schemas.catalogue;

import dev.skerry.schemas.topic.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * Checks a directory with a {@code catalogue.json} and its released schemas. Every problem is one
 * sentence that names subject, version or file and says what to do. Thread-safe.
 */
public final class CatalogueCheck {

  private final Set<String> subjects;

  private CatalogueCheck(Set<String> subjects) {
    this.subjects = subjects;
  }

  /** A check against the topic catalogue, which says what subjects there are. */
  public static CatalogueCheck forTopics(List<Topic> topics) {
    Set<String> subjects = new TreeSet<>();
    for (Topic topic : topics) {
      topic.key().ifPresent(key -> subjects.add(topic.name() + "-key"));
      subjects.add(topic.name() + "-value");
    }
    return new CatalogueCheck(subjects);
  }

  /** What is wrong with the catalogue in a directory; empty where nothing is. */
  public List<String> problems(Path root) throws IOException {
    CatalogueDirectory directory = new CatalogueDirectory(root);
    CatalogueDirectory.Listing listing = directory.listing();
    List<String> problems = new ArrayList<>(listing.problems());
    List<ListedVersion> versions = listing.versions();
    checkSubjects(versions, problems);
    checkFiles(directory, versions, problems);
    checkIds(directory, versions, problems);
    for (List<ListedVersion> history : bySubject(versions).values()) {
      checkNumbers(history, problems);
      checkCompatibility(directory, history, problems);
    }
    return problems;
  }

  private void checkSubjects(List<ListedVersion> versions, List<String> problems) {
    for (ListedVersion version : versions) {
      if (!subjects.contains(version.subject())) {
        problems.add(
            version.where()
                + ": no topic of the topic catalogue has this subject; correct the name, or add the"
                + " topic to Topics first");
      }
    }
  }

  private static void checkFiles(
      CatalogueDirectory directory, List<ListedVersion> versions, List<String> problems)
      throws IOException {
    Set<String> unlisted = new TreeSet<>(directory.releasedFiles());
    for (ListedVersion version : versions) {
      unlisted.remove(version.file());
      Optional<byte[]> bytes = directory.bytes(version.file());
      if (bytes.isEmpty()) {
        problems.add(version.where() + ": the file is missing; put the frozen schema there");
        continue;
      }
      checkBytes(version, CatalogueDirectory.sha256(bytes.get()), problems);
      if (directory.schema(version.file()).isEmpty()) {
        problems.add(version.where() + ": the file is no Avro schema; correct it");
      }
    }
    for (String file : unlisted) {
      problems.add(
          file + " is not listed in catalogue.json: add subject, version, a new id and this file");
    }
  }

  private static void checkBytes(ListedVersion version, String sha256, List<String> problems) {
    if (version.sha256().isEmpty()) {
      problems.add(
          version.where() + ": the entry has no sha256; add \"sha256\": \"" + sha256 + "\"");
    } else if (!version.sha256().equals(sha256)) {
      problems.add(
          version.where()
              + ": the bytes of a released version were changed (sha256 is now "
              + sha256
              + "); restore the file and release the change as a new version");
    }
  }

  private static void checkIds(
      CatalogueDirectory directory, List<ListedVersion> versions, List<String> problems)
      throws IOException {
    Map<Integer, ListedVersion> firstById = new HashMap<>();
    Map<String, ListedVersion> firstByText = new HashMap<>();
    for (ListedVersion version : versions) {
      if (!IdBlock.contains(version.id())) {
        problems.add(
            "%s: id %d is outside of the reserved block; take the next free one from %d to %d"
                .formatted(version.where(), version.id(), IdBlock.FIRST, IdBlock.LAST));
      }
      ListedVersion sameId = firstById.putIfAbsent(version.id(), version);
      if (sameId != null && !sameId.file().equals(version.file())) {
        problems.add(
            version.where()
                + ": id "
                + version.id()
                + " is already "
                + sameId.file()
                + "; give the newer schema an id that was never used");
      }
      Optional<Schema> schema = directory.schema(version.file());
      ListedVersion same =
          schema.map(s -> firstByText.putIfAbsent(s.toString(), version)).orElse(null);
      if (same != null && same.id() != version.id()) {
        problems.add(
            "%s: the same schema has id %d as %s; use that id and that file"
                .formatted(version.where(), same.id(), same.where()));
      }
    }
  }

  private static Map<String, List<ListedVersion>> bySubject(List<ListedVersion> versions) {
    Map<String, List<ListedVersion>> bySubject = new TreeMap<>();
    versions.stream()
        .sorted(Comparator.comparingInt(ListedVersion::version))
        .forEach(v -> bySubject.computeIfAbsent(v.subject(), s -> new ArrayList<>()).add(v));
    return bySubject;
  }

  private static void checkNumbers(List<ListedVersion> history, List<String> problems) {
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).version() != i + 1) {
        problems.add(
            history.get(i).where()
                + ": versions of a subject count 1, 2, 3, ...; this one must be "
                + (i + 1));
      }
    }
  }

  private static void checkCompatibility(
      CatalogueDirectory directory, List<ListedVersion> history, List<String> problems)
      throws IOException {
    for (int newer = 1; newer < history.size(); newer++) {
      for (int older = 0; older < newer; older++) {
        problems.addAll(obstacles(directory, history.get(older), history.get(newer)));
      }
    }
  }

  private static List<String> obstacles(
      CatalogueDirectory directory, ListedVersion older, ListedVersion newer) throws IOException {
    Optional<Schema> olderSchema = directory.schema(older.file());
    Optional<Schema> newerSchema = directory.schema(newer.file());
    if (olderSchema.isEmpty() || newerSchema.isEmpty()) {
      return List.of(); // Reported as a missing or broken file.
    }
    return Compatibility.obstaclesBothWays(olderSchema.get(), newerSchema.get()).stream()
        .map(
            why ->
                "%s is not FULL_TRANSITIVE compatible with version %d, %s; add fields only with a default and remove none without"
                    .formatted(newer.where(), older.version(), why))
        .toList();
  }
}
