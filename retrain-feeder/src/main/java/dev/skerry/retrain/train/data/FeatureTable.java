package dev.skerry.retrain.train.data;

import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.judge.RmsThreshold;
import dev.skerry.schemas.Telemetry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a graph makes of labelled windows, a row for each, with their truths. Filled by one thread.
 */
public final class FeatureTable {

  /** The attribute with the true label. */
  public static final String LABEL = "label.fault";

  /** The attribute with the true severity, where somebody knows it. */
  public static final String SEVERITY = "label.severity";

  private static final int BATCH = 64;
  private static final int REPORT_EVERY = 8192;

  private final List<String> labels;
  private final int channels;
  private final int steps;
  private final List<float[]> rows = new ArrayList<>();
  private final List<Integer> truths = new ArrayList<>();
  private final List<Double> severities = new ArrayList<>();
  private final List<RmsThreshold.Sample> loudness = new ArrayList<>();
  private final List<float[]> examples = new ArrayList<>();
  private final Set<String> devices = new HashSet<>();

  private FeatureTable(List<String> labels, int channels, int steps) {
    this.labels = labels;
    this.channels = channels;
    this.steps = steps;
    labels.forEach(label -> examples.add(new float[0]));
  }

  /** Runs every window through the session; the data is read once and not kept. */
  public static FeatureTable read(
      Iterable<Telemetry> data,
      GraphSession session,
      List<String> labels,
      int channels,
      int steps,
      String what,
      Progress progress) {
    FeatureTable table = new FeatureTable(labels, channels, steps);
    List<float[]> batch = new ArrayList<>();
    for (Telemetry telemetry : data) {
      batch.add(table.describe(telemetry));
      if (batch.size() == BATCH) {
        table.rows.addAll(List.of(session.run(batch)));
        batch.clear();
        if (table.rows.size() % REPORT_EVERY == 0) {
          progress.report(what + ": " + table.size() + " windows");
        }
      }
    }
    if (!batch.isEmpty()) {
      table.rows.addAll(List.of(session.run(batch)));
    }
    progress.report(
        String.format(
            Locale.ROOT, "%s: %d windows of %d devices", what, table.size(), table.devices()));
    return table;
  }

  private float[] describe(Telemetry telemetry) {
    String label = telemetry.getAttributes().get(LABEL);
    int truth = label == null ? -1 : labels.indexOf(label);
    if (truth < 0) {
      throw new TrainingDataException(
          "Record %d of %s has %s in the attribute %s; one of %s is needed."
              .formatted(
                  telemetry.getSequence(),
                  telemetry.getDeviceId(),
                  label == null ? "nothing" : label,
                  LABEL,
                  labels));
    }
    Window window = Window.of(telemetry).require(channels, steps);
    String severity = telemetry.getAttributes().get(SEVERITY);
    truths.add(truth);
    severities.add(severity == null ? Double.NaN : Double.parseDouble(severity));
    loudness.add(new RmsThreshold.Sample(window.rms(0), window.rms(1), truth != 0));
    devices.add(window.deviceId());
    if (examples.get(truth).length == 0) {
      examples.set(truth, window.values());
    }
    return window.values();
  }

  public int size() {
    return rows.size();
  }

  public int devices() {
    return devices.size();
  }

  /** How many devices both tables have. */
  public int devicesSharedWith(FeatureTable other) {
    Set<String> shared = new HashSet<>(devices);
    shared.retainAll(other.devices);
    return shared.size();
  }

  public List<float[]> rows() {
    return rows;
  }

  public int truth(int row) {
    return truths.get(row);
  }

  /** From 0 to 1; NaN where it is unknown. */
  public double severity(int row) {
    return severities.get(row);
  }

  public List<RmsThreshold.Sample> loudness() {
    return loudness;
  }

  /** The first window of each label; empty for a label that never came. */
  public List<float[]> examples() {
    return examples;
  }
}
