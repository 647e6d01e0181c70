package dev.skerry.local.dataset;

import dev.skerry.retrain.dataset.DatasetVersion;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** Which version of which dataset. A mixin of commands. */
final class DatasetChoice {

  @Parameters(index = "0", paramLabel = "STREAM", description = "Of whose samples it is.")
  private String stream = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Which version (default: the latest).")
  private Optional<Integer> version = Optional.empty();

  String stream() {
    return stream;
  }

  DatasetVersion in(DatasetPlace place) {
    return place.version(stream, version);
  }
}
