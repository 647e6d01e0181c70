package dev.skerry.schemas.catalogue;

import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of the catalogue that a test may break. */
record TamperedCatalogue(Path root) {

  TamperedCatalogue(Path root, Path original) throws IOException {
    this(root);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(original.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  List<String> problems() throws IOException {
    return CatalogueCheck.forTopics(Topics.all()).problems(root);
  }

  void write(String file, String text) throws IOException {
    Files.writeString(root.resolve(file), text);
  }

  void edit(String file, UnaryOperator<String> change) throws IOException {
    String before = Files.readString(root.resolve(file));
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalStateException("the change of " + file + " changes nothing");
    }
    write(file, after);
  }

  /** Releases a changed copy of the subject's first version, with all that belongs to it. */
  void addVersion(String subject, int version, int id, String name, UnaryOperator<String> change)
      throws IOException {
    String file = "released/" + name + ".avsc";
    Files.copy(root.resolve("released/dead-letter-v1.avsc"), root.resolve(file));
    edit(file, change);
    list(subject, version, id, file, sha256(file));
  }

  void list(String subject, int version, int id, String file, String sha256) throws IOException {
    String entry =
        "{\"subject\": \"%s\", \"version\": %d, \"id\": %d, \"file\": \"%s\", \"sha256\": \"%s\"}"
            .formatted(subject, version, id, file, sha256);
    edit("catalogue.json", text -> text.strip().replaceFirst("]$", "," + entry + "]"));
  }

  String sha256(String file) throws IOException {
    return CatalogueDirectory.sha256(Files.readAllBytes(root.resolve(file)));
  }
}
