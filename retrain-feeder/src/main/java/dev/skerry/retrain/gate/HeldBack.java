package dev.skerry.retrain.gate;

import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.dataset.Split;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.data.Window;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Labelled windows, or frames, that no model was trained on. Those of the dataset are what models
 * doubted and so harder than the rest; what was drawn at random is not. Immutable.
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

  /** The attributes that say what is true of known telemetry, of readings and of frames. */
  private static final List<String> TRUTHS = List.of(FeatureTable.LABEL, "label.defect");

  private static final float[] NO_VALUES = {};
  private static final byte[] NO_IMAGE = {};

  /**
   * A window of readings, or a frame, with its truth.
   *
   * @param values channel by channel; not copied; empty for a frame
   * @param image the encoded frame; not copied; empty for readings
   */
  @SuppressWarnings("ArrayRecordComponent") // Windows are not compared, and there are many.
  public record Labelled(
      String deviceId, String truth, Origin origin, float[] values, byte[] image) {

    /** A window of readings. */
    public Labelled(String deviceId, String truth, Origin origin, float[] values) {
      this(deviceId, truth, origin, values, NO_IMAGE);
    }
  }

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
                    row.values(),
                    row.image()));
          }
        });
    for (Telemetry telemetry : known) {
      TRUTHS.stream()
          .map(telemetry.getAttributes()::get)
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(truth -> windows.add(known(telemetry, truth)));
    }
    return new HeldBack(windows);
  }

  private static Labelled known(Telemetry telemetry, String truth) {
    if (telemetry.getPayload() instanceof Frame frame) {
      ByteBuffer data = frame.getData().duplicate();
      byte[] image = new byte[data.remaining()];
      data.get(image);
      return new Labelled(telemetry.getDeviceId(), truth, Origin.KNOWN, NO_VALUES, image);
    }
    Window window = Window.of(telemetry);
    return new Labelled(window.deviceId(), truth, Origin.KNOWN, window.values());
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
