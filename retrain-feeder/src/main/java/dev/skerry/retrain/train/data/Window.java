package dev.skerry.retrain.train.data;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.util.List;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * The readings of one telemetry record.
 *
 * @param deviceId whose they are
 * @param channels number of channels
 * @param steps number of steps
 * @param sampleRateHz steps per second; 0 where it is unknown
 * @param values channel by channel; not copied, so nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // Windows are not compared, and there are many.
public record Window(String deviceId, int channels, int steps, float sampleRateHz, float[] values) {

  /**
   * Throws {@link TrainingDataException} for a frame, a wrong length and values that are no
   * numbers.
   */
  public static Window of(Telemetry telemetry) {
    if (!(telemetry.getPayload() instanceof Readings readings)) {
      throw new TrainingDataException(name(telemetry) + " has no readings: it is a frame.");
    }
    float[] values = floats(readings.getValues());
    if (values.length != (long) readings.getChannels() * readings.getSteps()) {
      throw new TrainingDataException(
          "%s has %d values, not %d channels x %d steps."
              .formatted(
                  name(telemetry), values.length, readings.getChannels(), readings.getSteps()));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new TrainingDataException(name(telemetry) + " holds " + value + ".");
      }
    }
    return new Window(
        telemetry.getDeviceId(),
        readings.getChannels(),
        readings.getSteps(),
        readings.getSampleRateHz(),
        values);
  }

  /** Throws {@link TrainingDataException} unless the window has this shape. */
  public Window require(int wantedChannels, int wantedSteps) {
    if (channels != wantedChannels || steps != wantedSteps) {
      throw new TrainingDataException(
          "A window of %s has %d channels x %d steps; %d x %d are needed."
              .formatted(deviceId, channels, steps, wantedChannels, wantedSteps));
    }
    return this;
  }

  /** The root mean square of a channel around its mean. */
  public double rms(int channel) {
    double sum = 0;
    double squares = 0;
    for (int step = 0; step < steps; step++) {
      double value = values[channel * steps + step];
      sum += value;
      squares += value * value;
    }
    double mean = sum / steps;
    return Math.sqrt(Math.max(0, squares / steps - mean * mean));
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    if (list instanceof PrimitivesArrays.FloatArray unboxed) {
      for (int i = 0; i < values.length; i++) {
        values[i] = unboxed.getFloat(i);
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = list.get(i);
      }
    }
    return values;
  }

  private static String name(Telemetry telemetry) {
    return "Record " + telemetry.getSequence() + " of " + telemetry.getDeviceId();
  }
}
