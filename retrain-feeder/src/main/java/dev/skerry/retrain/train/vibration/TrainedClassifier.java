package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.judge.ReferenceSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ReadingsInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A trained model with what is known about it.
 *
 * @param onnx the model file's bytes; not copied, so nobody may change them
 * @param training how it was trained
 * @param trainingWindows on how many windows
 * @param trainingDevices of how many devices
 * @param judgement how it did on others
 * @param microsPerWindow cost of scoring in batches of 64, on one CPU thread
 */
@SuppressWarnings("ArrayRecordComponent") // Models are not compared.
public record TrainedClassifier(
    byte[] onnx,
    VibrationTraining training,
    long trainingWindows,
    int trainingDevices,
    Judgement judgement,
    double microsPerWindow) {

  /**
   * With a reference in its contract, against which drift is measured.
   *
   * @param service data that stands for the model's service: with as much of each condition as
   *     there will be
   */
  public TrainedClassifier withReference(Iterable<Telemetry> service) {
    ReadingsInput input = ModelFile.contract(onnx).readings();
    ReferenceSample sample = new ReferenceSample(training.labels(), input.channels());
    try (GraphSession session =
        new GraphSession(onnx, input.name(), input.channels().size(), input.steps())) {
      for (Telemetry telemetry : service) {
        Window window = Window.of(telemetry).require(input.channels().size(), input.steps());
        sample.add(window, session.run(List.of(window.values()))[0]);
      }
    }
    return new TrainedClassifier(
        ModelFile.withReference(onnx, sample.toReference()),
        training,
        trainingWindows,
        trainingDevices,
        judgement,
        microsPerWindow);
  }

  /** What the training command prints at its end. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "held-out accuracy %.3f over %d classes (%d windows of %d machines never seen);%n"
            + "fault detection: balanced accuracy %.3f, with the best RMS threshold %.3f;%n"
            + "scoring: %.0f us a window; file: %d bytes",
        judgement.confusion().accuracy(),
        training.labels().size(),
        judgement.windows(),
        judgement.devices(),
        judgement.confusion().detection().balancedAccuracy(),
        judgement.baselineDetection().balancedAccuracy(),
        microsPerWindow,
        onnx.length);
  }

  /**
   * Writes the model and, beside it, its card {@code CARD.md}. Throws {@link UncheckedIOException}.
   *
   * @param file where the model goes
   * @param dataSource where the data came from, for the card
   * @param command how to train it again, for the card
   */
  public void write(Path file, String dataSource, String command) {
    try {
      Path card = file.toAbsolutePath().resolveSibling("CARD.md");
      Path directory = card.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(file, onnx);
      Files.writeString(card, new ModelCard(this).toMarkdown(dataSource, command));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
