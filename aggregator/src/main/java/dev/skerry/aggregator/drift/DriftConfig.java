package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.WindowRules;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the watch over drift can be told, under the prefix {@code aggregator.drift}. */
public interface DriftConfig {

  /**
   * The files of models whose references are measured against, and directories of such files, also
   * in directories in them; drift is not watched without any.
   */
  Optional<List<Path>> models();

  /** Length of the windows that are compared with the references. */
  @WithDefault("PT5M")
  Duration window();

  /** Records below which a window is too small to be judged, 1 and up. */
  @WithDefault("200")
  long minCount();

  /** The population stability index from which on a window has drifted, more than 0. */
  @WithDefault("0.25")
  double threshold();

  /** How many windows in a row must have drifted, 1 and up. */
  @WithDefault("3")
  int windows();

  /** Of how many telemetry records one is looked into; 0 for none, and no drift of inputs. */
  @WithDefault("16")
  int inputsOneIn();

  /** The rules, checked. */
  default DriftRules rules(Duration grace, Duration quietClose, Duration maxAhead) {
    return new DriftRules(
        new WindowRules("aggregator.drift", List.of(window()), grace, quietClose, maxAhead),
        minCount(),
        threshold(),
        windows(),
        inputsOneIn());
  }
}
