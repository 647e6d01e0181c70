package dev.skerry.retrain.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a dataset is: {@code manifest.json} beside its files. It says nothing of when
 * or where it was made, so that the same inputs give the same bytes. Immutable.
 *
 * @param stream of whose samples it is
 * @param version 1 and up, one more than the parent's
 * @param parent the version before; null for the first
 * @param sha256 of the names and hashes of all files, in hexadecimal digits
 * @param inputs how far each partition of the topics was read: the offset after the last record
 * @param splits what is for training and what for judging
 * @param validationShare the share of the devices that are for judging
 * @param fromTime the earliest event time, ISO 8601; empty where there are no rows
 * @param toTime the latest event time, ISO 8601; empty where there are no rows
 * @param schemaIds of what it was made of, by the schema's name
 * @param files in the order of their names
 */
@JsonPropertyOrder({
  "format",
  "stream",
  "version",
  "parent",
  "sha256",
  "inputs",
  "splits",
  "validationShare",
  "fromTime",
  "toTime",
  "schemaIds",
  "files"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetManifest(
    @JsonProperty(required = true) int format,
    @JsonProperty(required = true) String stream,
    @JsonProperty(required = true) int version,
    @Nullable Parent parent,
    @JsonProperty(required = true) String sha256,
    @JsonProperty(required = true) SortedMap<String, Long> inputs,
    @JsonProperty(required = true) SortedMap<String, Counts> splits,
    @JsonProperty(required = true) double validationShare,
    @JsonProperty(required = true) String fromTime,
    @JsonProperty(required = true) String toTime,
    @JsonProperty(required = true) SortedMap<String, Integer> schemaIds,
    @JsonProperty(required = true) List<Part> files) {

  /** The name of its file. */
  public static final String FILE = "manifest.json";

  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The version before. */
  public record Parent(
      @JsonProperty(required = true) int version, @JsonProperty(required = true) String sha256) {}

  /**
   * How many samples there are.
   *
   * @param samples in all
   * @param classes by label
   * @param devices by site and device
   * @param reasons by why they were selected; a sample may have several
   */
  public record Counts(
      @JsonProperty(required = true) long samples,
      @JsonProperty(required = true) SortedMap<String, Long> classes,
      @JsonProperty(required = true) SortedMap<String, Long> devices,
      @JsonProperty(required = true) SortedMap<String, Long> reasons) {}

  /**
   * One file: the samples of one split whose telemetry a site's broker took in one hour, by sample
   * id.
   *
   * @param file its name, from the version's directory
   * @param split train or validation
   * @param rows how many samples
   * @param bytes its length
   * @param sha256 of its bytes
   * @param rowsSha256 of the ids and labels in it: the same rows make the same file
   */
  public record Part(
      @JsonProperty(required = true) String file,
      @JsonProperty(required = true) String split,
      @JsonProperty(required = true) long rows,
      @JsonProperty(required = true) long bytes,
      @JsonProperty(required = true) String sha256,
      @JsonProperty(required = true) String rowsSha256) {}

  public DatasetManifest {
    files = List.copyOf(files);
  }

  /** Reads the manifest of a version's directory; throws {@link DatasetException}. */
  public static DatasetManifest read(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      DatasetManifest manifest = JSON.readValue(file.toFile(), DatasetManifest.class);
      if (manifest.format() != FORMAT) {
        throw new DatasetException(
            file + " has format " + manifest.format() + "; this release reads " + FORMAT);
      }
      return manifest;
    } catch (IOException e) {
      throw new DatasetException(file + " is no manifest of a dataset: " + e.getMessage(), e);
    }
  }

  void write(Path directory) throws IOException {
    Files.writeString(directory.resolve(FILE), toJson());
  }

  /** The same on every platform. */
  public String toJson() {
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      return JSON.writer(printer).writeValueAsString(this) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("what is written is always JSON", e);
    }
  }

  /** How many samples there are in all. */
  public long samples() {
    return splits.values().stream().mapToLong(Counts::samples).sum();
  }

  /** How many of a split have a label. */
  public long count(Split split, String label) {
    Counts counts = splits.get(split.word());
    return counts == null ? 0 : counts.classes().getOrDefault(label, 0L);
  }

  /** The labels that occur anywhere, sorted. */
  public List<String> labels() {
    return splits.values().stream()
        .flatMap(counts -> counts.classes().keySet().stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The files of a split. */
  public List<Part> files(Split split) {
    List<Part> found = new ArrayList<>(files);
    found.removeIf(part -> !part.split().equals(split.word()));
    return found;
  }
}
