package dev.skerry.retrain.train;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small telemetry with known truths, without the simulator. */
public final class SyntheticTelemetry {

  private SyntheticTelemetry() {}

  /** A record of any shape. */
  public static Telemetry record(
      String device, long sequence, int channels, float[] values, Map<String, String> attributes) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return Telemetry.newBuilder()
        .setDeviceId(device)
        .setSiteId("test")
        .setStream("test")
        .setEventTime(Instant.ofEpochSecond(sequence))
        .setSequence(sequence)
        .setAttributes(attributes)
        .setPayload(
            Readings.newBuilder()
                .setChannels(channels)
                .setSteps(values.length / channels)
                .setSampleRateHz(2560)
                .setValues(boxed)
                .build())
        .build();
  }

  /** Vibration in which each fault is a tone or a train of clicks that cannot be overlooked. */
  public static List<Telemetry> vibration(String prefix, int machines, int windows, long seed) {
    List<String> labels =
        List.of("normal", "unbalance", "misalignment", "bearing-outer", "bearing-inner");
    SplittableRandom random = new SplittableRandom(seed);
    List<Telemetry> records = new ArrayList<>();
    for (int machine = 0; machine < machines; machine++) {
      double speedHz = random.nextDouble(15, 45);
      for (int window = 0; window < windows; window++) {
        String label = labels.get((machine + window) % labels.size());
        records.add(
            record(
                prefix + machine,
                window,
                3,
                machine(label, speedHz, random),
                Map.of("label.fault", label)));
      }
    }
    return records;
  }

  private static float[] machine(String label, double speedHz, SplittableRandom random) {
    float[] values = new float[3 * 1024];
    double phase = random.nextDouble();
    for (int n = 0; n < 1024; n++) {
      double turns = speedHz * n / 2560 + phase;
      double radial = 0.02 * random.nextGaussian();
      double axial = 0.02 * random.nextGaussian();
      switch (label) {
        case "unbalance" -> radial += 0.3 * Math.sin(2 * Math.PI * turns);
        case "misalignment" -> axial += 0.3 * Math.sin(4 * Math.PI * turns);
        case "bearing-outer" -> radial += click(turns * 3.1, n);
        case "bearing-inner" ->
            radial += click(turns * 5.3, n) * (0.5 + 0.5 * Math.cos(2 * Math.PI * turns));
        default -> {}
      }
      values[n] = (float) radial;
      values[1024 + n] = (float) axial;
      values[2048 + n] = (float) speedHz;
    }
    return values;
  }

  private static double click(double position, int step) {
    return Math.exp(-12 * (position - Math.floor(position))) * Math.sin(2 * Math.PI * 0.3 * step);
  }

  /** Slow waves with noise on every channel, one device; 20 steps a window. */
  public static List<Telemetry> waves(int channels, int windows, long seed, double shift) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Telemetry> records = new ArrayList<>();
    for (int window = 0; window < windows; window++) {
      float[] values = new float[channels * 20];
      for (int i = 0; i < values.length; i++) {
        int channel = i / 20;
        values[i] = (float) (10 * channel + random.nextGaussian() + shift);
      }
      records.add(
          record("pump", window, channels, values, Map.of("label.anomaly", shift > 0 ? "1" : "0")));
    }
    return records;
  }
}
