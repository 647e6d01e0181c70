package dev.skerry.retrain.train.candidate;

import dev.skerry.retrain.train.data.TelemetryFile;
import dev.skerry.schemas.Telemetry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The labelled telemetry that the first model was made of: a candidate that learnt from doubts
 * alone would forget the rest. Immutable.
 *
 * @param training Avro file to train on
 * @param heldOut Avro file to judge by, of other devices
 */
public record KnownData(Optional<Path> training, Optional<Path> heldOut) {

  /** What there is to train on; throws for a file that is not there. */
  public Iterable<Telemetry> toTrainOn() {
    return read(training);
  }

  /** What there is to judge by; throws for a file that is not there. */
  public Iterable<Telemetry> toJudgeBy() {
    return read(heldOut);
  }

  private static Iterable<Telemetry> read(Optional<Path> file) {
    return file.<Iterable<Telemetry>>map(TelemetryFile::new).orElse(List.of());
  }
}
