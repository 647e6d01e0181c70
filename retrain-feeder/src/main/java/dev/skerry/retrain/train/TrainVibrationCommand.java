package dev.skerry.retrain.train;

import dev.skerry.retrain.train.data.TelemetryFile;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train vibration}: the classifier of machine faults, from labelled files. */
@Command(
    name = "vibration",
    description = "Trains the classifier of machine faults on labelled telemetry.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class TrainVibrationCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--data",
      required = true,
      description = "Avro file to train on; the attribute label.fault says what is true.")
  private Path data;

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--held-out",
      required = true,
      description = "Avro file to judge by, with other devices.")
  private Path heldOut;

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--out",
      required = true,
      description = "Where the model goes; CARD.md is written beside it.")
  private Path out;

  @Option(
      names = "--reference",
      description =
          "Avro file that stands for the model's service, to measure drift against (default: the"
              + " held-out file).")
  private @Nullable Path reference;

  @Option(
      names = "--model-version",
      description = "The model's version: one that was published already cannot be again.")
  private String version = "1.0.0";

  @Option(names = "--seed", description = "Seed of the training.")
  private long seed = 1;

  @Override
  public Integer call() {
    try {
      TrainedClassifier trained =
          VibrationTraining.standard(seed)
              .withVersion(version)
              .train(
                  new TelemetryFile(data),
                  new TelemetryFile(heldOut),
                  spec.commandLine().getErr()::println)
              .withReference(new TelemetryFile(reference == null ? heldOut : reference));
      trained.write(
          out,
          "The files `" + data.getFileName() + "` and `" + heldOut.getFileName() + "`.",
          "train vibration --data %s --held-out %s --out %s --model-version %s --seed %d"
              .formatted(
                  data.getFileName(), heldOut.getFileName(), out.getFileName(), version, seed));
      spec.commandLine().getOut().println(trained.summary());
      spec.commandLine().getOut().println(out);
      return 0;
    } catch (TrainingDataException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
