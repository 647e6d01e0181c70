package dev.skerry.retrain.dataset;

import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A version of a dataset on disk, which never changes.
 *
 * @param directory where its files are
 * @param manifest what it is
 */
public record DatasetVersion(Path directory, DatasetManifest manifest) {

  /** Opens a version's directory; throws {@link DatasetException}. */
  public static DatasetVersion open(Path directory) {
    return new DatasetVersion(directory, DatasetManifest.read(directory));
  }

  /** Reads all rows of a split, file by file; throws {@link DatasetException}. */
  public void read(Split split, Consumer<DatasetRow> rows) {
    for (DatasetManifest.Part part : manifest.files(split)) {
      try {
        DatasetFile.read(directory.resolve(part.file()), rows);
      } catch (IOException e) {
        throw new DatasetException(
            "Version "
                + manifest.version()
                + " of the dataset "
                + manifest.stream()
                + " cannot be read: "
                + e.getMessage(),
            e);
      }
    }
  }

  /** All samples of a split as labelled telemetry, in memory. */
  public List<Telemetry> telemetry(Split split) {
    List<Telemetry> telemetry = new ArrayList<>();
    read(split, row -> telemetry.add(row.toTelemetry()));
    return telemetry;
  }

  /** Throws {@link DatasetException} that names the first file that is not as the manifest says. */
  public void verify() {
    for (DatasetManifest.Part part : manifest.files()) {
      Path file = directory.resolve(part.file());
      try {
        if (!Sha256.of(file).equals(part.sha256())) {
          throw new DatasetException(file + " is not the file that its manifest names");
        }
      } catch (IOException e) {
        throw new DatasetException(file + " cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
