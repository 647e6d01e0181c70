package dev.skerry.producer;

import dev.skerry.schemas.Readings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * Readings of all channels of a device over the same steps, with what else is known of them.
 * Immutable as long as the arrays are; {@link TelemetryProducer#send} has read them when it
 * returns.
 *
 * @param channels in the order of the model's input; at least one, each with as many steps, at
 *     least one
 * @param end when the last step was measured; empty: when it is sent
 * @param sampleRateHz steps per second; 0 where it is unknown or uneven
 * @param attributes what is no model's input, for example {@code firmware}
 */
@SuppressWarnings("ArrayRecordComponent") // Thousands of floats; never compared, never changed.
public record Window(
    float[][] channels, Optional<Instant> end, float sampleRateHz, Map<String, String> attributes) {

  /** Throws {@link IllegalArgumentException} that says what is wrong. */
  public Window {
    attributes = Map.copyOf(attributes);
    require(channels.length > 0, "a window needs at least one channel");
    require(channels[0].length > 0, "a window needs at least one step in each channel");
    for (int c = 1; c < channels.length; c++) {
      require(
          channels[c].length == channels[0].length,
          "channel %d has %d steps where channel 0 has %d"
              .formatted(c, channels[c].length, channels[0].length));
    }
    require(
        sampleRateHz >= 0 && !Float.isInfinite(sampleRateHz),
        "the sample rate is " + sampleRateHz + " Hz; it is 0 or more");
  }

  /** One array of steps for each channel. */
  public static Window of(float[]... channels) {
    return new Window(channels, Optional.empty(), 0, Map.of());
  }

  /** The same, measured at a time: that of its last step. */
  public Window endingAt(Instant time) {
    return new Window(channels, Optional.of(time), sampleRateHz, attributes);
  }

  /** The same, with so many steps per second. */
  public Window sampledAt(float hertz) {
    return new Window(channels, end, hertz, attributes);
  }

  /** The same with one more attribute. */
  public Window with(String attribute, String value) {
    Map<String, String> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new Window(channels, end, sampleRateHz, more);
  }

  Readings readings() {
    int steps = channels[0].length;
    PrimitivesArrays.FloatArray values =
        new PrimitivesArrays.FloatArray(
            Math.multiplyExact(channels.length, steps),
            Readings.getClassSchema().getField("values").schema());
    for (float[] channel : channels) {
      for (float value : channel) {
        values.add(values.size(), value);
      }
    }
    return new Readings(channels.length, steps, sampleRateHz, values);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
