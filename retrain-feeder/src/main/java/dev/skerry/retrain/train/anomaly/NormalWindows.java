package dev.skerry.retrain.train.anomaly;

import dev.skerry.retrain.train.data.TrainingDataException;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.schemas.Telemetry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Windows that are taken for normal, in the order of each device's time: the earlier ones to fit,
 * the later ones held back for the threshold.
 *
 * @param fitting the first 70 % of each device's windows
 * @param heldBack the others
 */
record NormalWindows(List<Window> fitting, List<Window> heldBack) {

  private static final double FITTING_SHARE = 0.7;
  private static final int FEWEST = 20;

  static NormalWindows of(Iterable<Telemetry> data, int firstWindowsOfEachDevice) {
    Map<String, List<Window>> byDevice = new LinkedHashMap<>();
    Window first = null;
    for (Telemetry telemetry : data) {
      Window window = Window.of(telemetry);
      first = first == null ? window : first;
      window.require(first.channels(), first.steps());
      List<Window> windows =
          byDevice.computeIfAbsent(window.deviceId(), device -> new ArrayList<>());
      if (windows.size() < firstWindowsOfEachDevice) {
        windows.add(window);
      }
    }
    NormalWindows split = new NormalWindows(new ArrayList<>(), new ArrayList<>());
    for (List<Window> windows : byDevice.values()) {
      int fitting = (int) Math.round(windows.size() * FITTING_SHARE);
      split.fitting.addAll(windows.subList(0, fitting));
      split.heldBack.addAll(windows.subList(fitting, windows.size()));
    }
    split.requireEnough();
    return split;
  }

  int channels() {
    return fitting.get(0).channels();
  }

  int steps() {
    return fitting.get(0).steps();
  }

  float sampleRateHz() {
    return fitting.get(0).sampleRateHz();
  }

  /** Channels with one and the same value in all windows to fit: nothing can be learnt of them. */
  List<Integer> constantChannels() {
    return IntStream.range(0, channels()).filter(this::isConstant).boxed().toList();
  }

  private void requireEnough() {
    int windows = fitting.size() + heldBack.size();
    if (windows < FEWEST || heldBack.isEmpty()) {
      throw new TrainingDataException(
          "The normal data has %d windows; at least %d are needed. Give it more rows, or windows that overlap (a smaller hop)."
              .formatted(windows, FEWEST));
    }
    if (steps() < 2) {
      throw new TrainingDataException("Windows of one step have no course: use longer windows.");
    }
    if (constantChannels().size() == channels()) {
      throw new TrainingDataException(
          "All channels of the normal data are constant: there is nothing to learn. Choose other"
              + " channels or rows.");
    }
  }

  private boolean isConstant(int channel) {
    float first = fitting.get(0).values()[channel * steps()];
    for (Window window : fitting) {
      for (int step = 0; step < steps(); step++) {
        if (window.values()[channel * steps() + step] != first) {
          return false;
        }
      }
    }
    return true;
  }
}
