package dev.skerry.retrain.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one version of a dataset has that another has not. Immutable.
 *
 * @param from the version that is compared with
 * @param to the version that is compared
 * @param added samples that only the latter has, by label
 * @param removed samples that only the former has, by label
 * @param relabelled samples with another label, by {@code old -> new}
 */
public record DatasetDiff(
    @JsonProperty int from,
    @JsonProperty int to,
    @JsonProperty SortedMap<String, Long> added,
    @JsonProperty SortedMap<String, Long> removed,
    @JsonProperty SortedMap<String, Long> relabelled) {

  /** Reads only the files that are not the same in both; throws {@link DatasetException}. */
  public static DatasetDiff of(DatasetVersion from, DatasetVersion to) {
    Map<String, String> before = labels(from, to);
    Map<String, String> after = labels(to, from);
    SortedMap<String, Long> added = new TreeMap<>();
    SortedMap<String, Long> removed = new TreeMap<>();
    SortedMap<String, Long> relabelled = new TreeMap<>();
    after.forEach(
        (id, label) -> {
          String old = before.get(id);
          if (old == null) {
            added.merge(label, 1L, Long::sum);
          } else if (!old.equals(label)) {
            relabelled.merge(old + " -> " + label, 1L, Long::sum);
          }
        });
    before.forEach(
        (id, label) -> {
          if (!after.containsKey(id)) {
            removed.merge(label, 1L, Long::sum);
          }
        });
    return new DatasetDiff(
        from.manifest().version(), to.manifest().version(), added, removed, relabelled);
  }

  private static Map<String, String> labels(DatasetVersion version, DatasetVersion other) {
    Set<DatasetManifest.Part> shared = new HashSet<>(other.manifest().files());
    Map<String, String> labels = new HashMap<>();
    for (DatasetManifest.Part part : version.manifest().files()) {
      if (!shared.contains(part)) {
        try {
          DatasetFile.read(
              version.directory().resolve(part.file()),
              row -> labels.put(row.sampleId(), row.label()));
        } catch (IOException e) {
          throw new DatasetException(part.file() + " cannot be read: " + e.getMessage(), e);
        }
      }
    }
    return labels;
  }
}
