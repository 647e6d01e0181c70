package dev.skerry.retrain.dataset;

import dev.skerry.retrain.dataset.DatasetManifest.Part;
import dev.skerry.retrain.dataset.parquet.ParquetWriter;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.SchemaCatalogue;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next version of a dataset from what the store holds. A file has the samples of one
 * split and one hour, by id, so that it depends on them alone: files of which nothing changed are
 * those of the parent, and whoever reads the same records in any order makes the same bytes. Not
 * thread-safe.
 */
public final class DatasetBuilder {

  private final SampleStore store;
  private final WriterSchemas schemas;
  private final Datasets datasets;
  private final SplitRule rule;

  public DatasetBuilder(
      SampleStore store, WriterSchemas schemas, Datasets datasets, SplitRule rule) {
    this.store = store;
    this.schemas = schemas;
    this.datasets = datasets;
    this.rule = rule;
  }

  /** The latest version of a stream's dataset. */
  public Optional<DatasetVersion> latest(String stream) {
    return datasets.latest(stream);
  }

  /**
   * Makes a version, or returns the latest one where nothing has changed since.
   *
   * @param inputs how far each partition was read
   */
  public DatasetVersion build(String stream, SortedMap<String, Long> inputs) throws IOException {
    Contents contents = new Contents(rule);
    Join join = new Join(store, schemas);
    join.each(
        labelled -> {
          if (labelled.stream().equals(stream)) {
            contents.add(labelled);
          }
        });
    Optional<DatasetVersion> parent = datasets.latest(stream);
    if (parent.isPresent() && contents.isThatOf(parent.get().manifest())) {
      return parent.get();
    }
    int version = parent.map(found -> found.manifest().version() + 1).orElse(1);
    Path directory = datasets.directory(stream, version);
    Path making = directory.resolveSibling(directory.getFileName() + ".making");
    delete(making);
    Files.createDirectories(making);
    List<Part> files = writeFiles(contents, join, parent.orElse(null), making);
    DatasetManifest manifest =
        new DatasetManifest(
            DatasetManifest.FORMAT,
            stream,
            version,
            parent
                .map(DatasetVersion::manifest)
                .map(found -> new DatasetManifest.Parent(found.version(), found.sha256()))
                .orElse(null),
            hash(files),
            new TreeMap<>(inputs),
            contents.counts(),
            rule.validationShare(),
            contents.fromTime(),
            contents.toTime(),
            schemaIds(),
            files);
    manifest.write(making);
    Files.move(making, directory, StandardCopyOption.ATOMIC_MOVE);
    return new DatasetVersion(directory, manifest);
  }

  private List<Part> writeFiles(
      Contents contents, Join join, @Nullable DatasetVersion parent, Path making)
      throws IOException {
    Map<String, Part> before = new HashMap<>();
    if (parent != null) {
      parent.manifest().files().forEach(part -> before.put(part.file(), part));
    }
    List<Part> files = new ArrayList<>();
    for (Map.Entry<String, Contents.Rows> entry : contents.files().entrySet()) {
      String name = entry.getKey();
      Contents.Rows rows = entry.getValue();
      Path file = making.resolve(name);
      Files.createDirectories(file.resolve("..").normalize());
      Part old = before.get(name);
      if (parent != null && old != null && old.rowsSha256().equals(rows.sha256())) {
        link(file, parent.directory().resolve(name));
        files.add(old);
      } else {
        write(file, rows.ids(), join);
        files.add(
            new Part(
                name,
                rows.split().word(),
                rows.ids().size(),
                Files.size(file),
                Sha256.of(file),
                rows.sha256()));
      }
    }
    return files;
  }

  private static void write(Path file, List<UUID> ids, Join join) throws IOException {
    try (ParquetWriter<DatasetRow> writer = DatasetFile.create(file)) {
      for (UUID id : ids) {
        Join.Labelled labelled =
            join.find(id).orElseThrow(() -> new IOException("The sample " + id + " is gone"));
        writer.write(labelled.row());
      }
    }
  }

  /** Files never change, so that two versions may share one. */
  private static void link(Path file, Path existing) throws IOException {
    try {
      Files.createLink(file, existing);
    } catch (UnsupportedOperationException e) {
      Files.copy(existing, file);
    }
  }

  private static String hash(List<Part> files) {
    Sha256 hash = new Sha256();
    files.forEach(part -> hash.add(part.file()).add(part.sha256()));
    return hash.toHex();
  }

  private static SortedMap<String, Integer> schemaIds() {
    SortedMap<String, Integer> ids = new TreeMap<>();
    for (Schema schema : List.of(RetrainingSample.getClassSchema(), Label.getClassSchema())) {
      SchemaCatalogue.released().id(schema).ifPresent(id -> ids.put(schema.getName(), id));
    }
    return ids;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
