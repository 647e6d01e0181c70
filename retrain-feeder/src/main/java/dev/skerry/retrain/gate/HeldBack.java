package dev.skerry.retrain.gate;

import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Split;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.schemas.Telemetry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Labelled windows that no model was trained on. Those of the dataset are what models doubted and
 * so harder than the rest; what was drawn at random is not. Immutable.
 *
 * @param windows in the order in which they were read
 */
public record HeldBack(List<Labelled> windows) {

  /** Where a window comes from. */
  public enum Origin {
    /** The data that was known before. */
    KNOWN,
    /** A sample that was drawn at random. */
    AUDIT,
    /** A sample that a model had doubts about. */
    DOUBT
  }

  private static final String RANDOM = "RANDOM_AUDIT";

  /**
   * A window with its truth.
   *
   * @param values channel by channel; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // Windows are not compared, and there are many.
  public record Labelled(String deviceId, String truth, Origin origin, float[] values) {}

  public HeldBack {
    windows = List.copyOf(windows);
  }

  /**
   * The part of a dataset that is for judging, and what is known besides.
   *
   * @param known labelled telemetry of devices that no model was trained on
   */
  public static HeldBack of(DatasetVersion dataset, Iterable<Telemetry> known) {
    List<Labelled> windows = new ArrayList<>();
    dataset.read(
        Split.VALIDATION,
        row -> {
          if (!row.label().isEmpty()) {
            windows.add(
                new Labelled(
                    row.siteId() + "/" + row.deviceId(),
                    row.label(),
                    row.reasonList().contains(RANDOM) ? Origin.AUDIT : Origin.DOUBT,
                    row.values()));
          }
        });
    for (Telemetry telemetry : known) {
      String truth = telemetry.getAttributes().get(FeatureTable.LABEL);
      if (truth != null) {
        Window window = Window.of(telemetry);
        windows.add(new Labelled(window.deviceId(), truth, Origin.KNOWN, window.values()));
      }
    }
    return new HeldBack(windows);
  }

  public int devices() {
    Set<String> devices = new HashSet<>();
    windows.forEach(window -> devices.add(window.deviceId()));
    return devices.size();
  }

  /** How many windows are from the dataset. */
  public long samples() {
    return windows.stream().filter(window -> window.origin() != Origin.KNOWN).count();
  }
}
