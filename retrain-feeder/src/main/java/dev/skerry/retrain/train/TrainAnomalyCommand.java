package dev.skerry.retrain.train;

import dev.skerry.retrain.train.anomaly.AnomalyOptions;
import dev.skerry.retrain.train.anomaly.AnomalyTraining;
import dev.skerry.retrain.train.anomaly.FittedAnomalyModel;
import dev.skerry.retrain.train.data.TelemetryFile;
import dev.skerry.retrain.train.data.TrainingDataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train anomaly}: an anomaly model from readings that are taken for normal. */
@Command(
    name = "anomaly",
    description = "Fits an anomaly model on telemetry that is taken for normal.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class TrainAnomalyCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Avro file of normal telemetry; windows may overlap.")
  private Path data;

  @SuppressWarnings("NullAway.Init") // Required.
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the model goes.")
  private Path out;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "The model's version: one that was published already cannot be again.")
  private String version = "1.0.0";

  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "The stream that the model answers.")
  private String stream = "readings";

  @Option(
      names = "--channels",
      split = ",",
      paramLabel = "NAME",
      description = "What the channels are, in order; numbered where nothing is said.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private List<String> channels = List.of();

  @Option(
      names = "--first-windows",
      paramLabel = "N",
      description = "Take only so many windows of each device.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private int firstWindows = Integer.MAX_VALUE;

  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description = "Avro file to judge by.",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  private Optional<Path> judge = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "The attribute that says what is true.")
  private String label = "label.anomaly";

  @Override
  public Integer call() {
    try {
      AnomalyOptions options =
          AnomalyOptions.standard(stream)
              .withVersion(version)
              .withChannels(channels)
              .withFirstWindows(firstWindows);
      FittedAnomalyModel model = AnomalyTraining.fit(new TelemetryFile(data), options);
      model.write(out);
      report(model);
      return 0;
    } catch (TrainingDataException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void report(FittedAnomalyModel model) {
    PrintWriter console = spec.commandLine().getOut();
    console.println(model.summary());
    judge.ifPresent(
        file ->
            console.println(
                model.judge(new TelemetryFile(file), label).toMarkdown().stripTrailing()));
    console.println(out);
  }
}
