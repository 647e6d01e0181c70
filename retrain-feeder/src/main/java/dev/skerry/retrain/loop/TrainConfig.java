package dev.skerry.retrain.loop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the training can be told, under the prefix {@code train}. */
@ConfigMapping(prefix = "train")
public interface TrainConfig {

  /** The model that the sites were set up with; a release that they promoted takes its place. */
  Path champion();

  /** A program that trains, with its first arguments; without it the embedded trainer does. */
  Optional<List<String>> command();

  /** After so long the program is ended. */
  @WithDefault("PT6H")
  Duration commandTimeout();

  /** What the first model was made of. */
  Known known();

  /** A new class needs so many samples to train on, and {@code gate.min-class-windows} besides. */
  @WithDefault("20")
  int minClassSamples();

  /** Seed of the embedded trainer. */
  @WithDefault("1")
  long seed();

  /** So many samples with a label more than at the last training start one; 0 for never. */
  @WithDefault("500")
  int afterLabels();

  /** While the stream drifts, so many start one; 0 for never. */
  @WithDefault("100")
  int afterLabelsInDrift();

  /** However few came, train after so long; 0 for never. */
  @WithDefault("PT0S")
  Duration every();

  /** No training begins sooner after the one before. */
  @WithDefault("PT1H")
  Duration minInterval();

  /** The known data. */
  interface Known {
    /** Avro file of labelled telemetry to train on. */
    Optional<Path> training();

    /** Avro file of labelled telemetry of other devices to judge by. */
    Optional<Path> heldOut();
  }
}
