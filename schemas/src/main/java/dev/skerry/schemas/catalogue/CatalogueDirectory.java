package dev.skerry.schemas.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** A directory with a {@code catalogue.json} and the frozen schemas in {@code released/}. */
record CatalogueDirectory(Path root) {

  /** What reading gave: the entries that have the right fields, and what is wrong with others. */
  record Listing(List<ListedVersion> versions, List<String> problems) {}

  Listing listing() throws IOException {
    Path file = root.resolve("catalogue.json");
    if (!Files.isRegularFile(file)) {
      return new Listing(List.of(), List.of(file + " is missing: put it there"));
    }
    JsonNode entries;
    try {
      entries = new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      return new Listing(List.of(), List.of(file + " is no JSON: " + e.getOriginalMessage()));
    }
    if (!entries.isArray()) {
      return new Listing(List.of(), List.of(file + " is no list: write [{...}, ...]"));
    }
    List<ListedVersion> versions = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (JsonNode entry : entries) {
      List<String> shape = ListedVersion.shapeProblems(entry);
      problems.addAll(shape);
      if (shape.isEmpty()) {
        versions.add(ListedVersion.of(entry));
      }
    }
    return new Listing(versions, problems);
  }

  /** The .avsc files in released/, as the catalogue names them. */
  List<String> releasedFiles() throws IOException {
    Path released = root.resolve("released");
    if (!Files.isDirectory(released)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(released)) {
      return files
          .filter(file -> file.toString().endsWith(".avsc"))
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** The file's bytes; empty where it is missing or outside of this directory. */
  Optional<byte[]> bytes(String file) throws IOException {
    Path path = root.resolve(file).normalize();
    return path.startsWith(root.normalize()) && Files.isRegularFile(path)
        ? Optional.of(Files.readAllBytes(path))
        : Optional.empty();
  }

  /** The schema in the file; empty where it is missing or none. */
  Optional<Schema> schema(String file) throws IOException {
    Optional<byte[]> bytes = bytes(file);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Schema.Parser().parse(new String(bytes.get(), StandardCharsets.UTF_8)));
    } catch (AvroRuntimeException e) {
      return Optional.empty();
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
