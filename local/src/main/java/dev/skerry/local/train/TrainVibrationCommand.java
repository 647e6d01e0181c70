package dev.skerry.local.train;

import dev.skerry.ingest.simulate.Fault;
import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.model.Thresholds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./skerry train vibration}: the classifier that ships with the project. */
@Command(
    name = "vibration",
    description = "Trains the classifier of machine faults on a simulated fleet.",
    showDefaultValues = true,
    mixinStandardHelpOptions = true)
public final class TrainVibrationCommand implements Callable<Integer> {

  private static final String SHIPPED_VERSION = "1.0.0";

  @SuppressWarnings("NullAway.Init") // picocli sets it before it calls.
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where the model goes; CARD.md is written beside it.")
  private Path out = Path.of("models", "vibration", "vibration-faults.onnx");

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description = "The model's version: one that was published already cannot be again.")
  private String version = SHIPPED_VERSION;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the fleets and of the training.")
  private long seed = 1;

  @Option(names = "--machines", paramLabel = "N", description = "Machines to train on.")
  private int machines = 4000;

  @Option(names = "--held-out-machines", paramLabel = "N", description = "Machines to judge by.")
  private int heldOutMachines = 1000;

  @Option(names = "--windows", paramLabel = "N", description = "Windows of each machine.")
  private long windows = 12;

  @Option(
      names = "--without",
      paramLabel = "FAULT",
      description = "Faults that it is never shown, by their labels, for example bearing-inner.",
      showDefaultValue = CommandLine.Help.Visibility.NEVER)
  private List<String> without = List.of();

  @Option(
      names = "--audit-share",
      paramLabel = "SHARE",
      description = "Share of all telemetry that becomes a candidate whatever it answers.")
  private float auditShare;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description = "Below this distance of its two best classes it is in doubt (0: never).")
  private float margin;

  @Override
  public Integer call() {
    try {
      SimulatedTraining training =
          new SimulatedTraining(seed, machines, heldOutMachines, windows, faults(), thresholds());
      TrainedClassifier trained = training.run(version, spec.commandLine().getErr()::println);
      trained.write(out, training.dataSource(), command());
      spec.commandLine().getOut().println(trained.summary());
      spec.commandLine().getOut().println(out);
      return 0;
    } catch (TrainingDataException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>(Fault.DEFECTS);
    for (String label : without) {
      if (!faults.removeIf(fault -> fault.label().equals(label))) {
        throw new ParameterException(
            spec.commandLine(),
            "--without "
                + label
                + ": there are "
                + Fault.DEFECTS.stream().map(Fault::label).toList());
      }
    }
    return faults;
  }

  private Thresholds thresholds() {
    Thresholds usual = VibrationTraining.standard(seed).thresholds();
    return new Thresholds(
        usual.lowConfidence(), null, null, margin > 0 ? margin : null, null, false, auditShare);
  }

  private String command() {
    StringBuilder command =
        new StringBuilder(
            "./skerry train vibration --seed %d --machines %d --held-out-machines %d --windows %d"
                .formatted(seed, machines, heldOutMachines, windows));
    without.forEach(label -> command.append(" --without ").append(label));
    if (auditShare > 0) {
      command.append(" --audit-share ").append(auditShare);
    }
    if (margin > 0) {
      command.append(" --margin ").append(margin);
    }
    if (!version.equals(SHIPPED_VERSION)) {
      command.append(" --model-version ").append(version);
    }
    return command.toString();
  }
}
