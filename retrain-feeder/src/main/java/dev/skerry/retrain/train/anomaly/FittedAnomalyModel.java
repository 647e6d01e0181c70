package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.judge.Confusion;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An anomaly model with what is known about it.
 *
 * @param onnx the model file's bytes; not copied, so nobody may change them
 * @param threshold scores from here on are anomalies
 * @param fittingWindows windows that it was fitted on
 * @param heldBackWindows windows that the threshold comes from
 * @param ignoredChannels channels that never changed, of which it learnt nothing
 * @param baseline the plain limits on the same data
 */
@SuppressWarnings("ArrayRecordComponent") // Models are not compared.
public record FittedAnomalyModel(
    byte[] onnx,
    float threshold,
    int fittingWindows,
    int heldBackWindows,
    List<String> ignoredChannels,
    RmsLimits baseline) {

  private static final List<String> LABELS = List.of(ModelContract.NORMAL, ModelContract.ANOMALY);

  /** The model's answers and those of the plain limits. */
  public record Judgement(Confusion model, Confusion baseline) {

    /** Both in one table, for people. */
    public String toMarkdown() {
      return "| | F1 | false alarms | missed | balanced accuracy |\n|---|---:|---:|---:|---:|\n"
          + row("model", model)
          + row("RMS limits", baseline);
    }

    private static String row(String name, Confusion confusion) {
      double precision = confusion.precision(1);
      double recall = confusion.recall(1);
      double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
      return String.format(
          Locale.ROOT,
          "| %s | %.3f | %.3f | %.3f | %.3f |%n",
          name,
          f1,
          1 - confusion.recall(0),
          1 - recall,
          confusion.balancedAccuracy());
    }
  }

  /**
   * Judges it by windows whose attribute says whether they are anomalous: a number above 0, or
   * {@code anomaly} or {@code true}.
   */
  public Judgement judge(Iterable<Telemetry> data, String labelAttribute) {
    ReadingsInput input = contract().readings();
    Confusion model = new Confusion(LABELS);
    Confusion plain = new Confusion(LABELS);
    try (GraphSession session =
        new GraphSession(onnx, input.name(), input.channels().size(), input.steps())) {
      for (Telemetry telemetry : data) {
        Window window = Window.of(telemetry).require(input.channels().size(), input.steps());
        int truth = isAnomaly(telemetry, labelAttribute) ? 1 : 0;
        float score = session.run(List.of(window.values()))[0][0];
        model.add(truth, score >= threshold ? 1 : 0);
        plain.add(truth, baseline.leftBy(window) ? 1 : 0);
      }
    }
    return new Judgement(model, plain);
  }

  /** What the training command prints at its end. */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "fitted on %d windows; threshold %.3f standard deviations, from %d windows held back%s",
        fittingWindows,
        threshold,
        heldBackWindows,
        ignoredChannels.isEmpty()
            ? ""
            : "; nothing learnt of constant channels: " + String.join(", ", ignoredChannels));
  }

  /** The contract in the file. */
  public ModelContract contract() {
    return ModelFile.contract(onnx);
  }

  /** Writes the model file. Throws {@link UncheckedIOException}. */
  public void write(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(file, onnx);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static boolean isAnomaly(Telemetry telemetry, String attribute) {
    String label = telemetry.getAttributes().get(attribute);
    if (label == null) {
      throw new TrainingDataException(
          "Record %d of %s has no attribute %s to judge by."
              .formatted(telemetry.getSequence(), telemetry.getDeviceId(), attribute));
    }
    if (label.equals(ModelContract.ANOMALY) || label.equals("true")) {
      return true;
    }
    try {
      return Double.parseDouble(label) > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
