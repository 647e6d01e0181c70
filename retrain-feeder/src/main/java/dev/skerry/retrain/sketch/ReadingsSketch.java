package dev.skerry.retrain.sketch;

import dev.skerry.schemas.Readings;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * A window of readings, coarsely, in half decibels: of each channel its level, how much of it is
 * constant, and how its power is spread over frequency. Two windows that differ only in phase are
 * close; two of noise with the same spectrum are not.
 */
public final class ReadingsSketch {

  /** How many numbers {@link #features} gives for each channel. */
  public static final int FEATURES = 6 + ChannelShape.BANDS;

  /** More channels are added up in as many groups. */
  private static final int MAX_GROUPS = 8;

  private static final int NUMBERS = 2 + ChannelShape.BANDS;
  private static final double STEPS_PER_DECIBEL = 2;
  private static final double FLOOR_DECIBEL = -40;
  private static final double LEAST_LEVEL = 1e-15;

  private ReadingsSketch() {}

  /** The sketch; none for a window whose shape is not that of its values. */
  public static Fingerprint of(Readings readings) {
    if (!isWhole(readings)) {
      return Fingerprint.none();
    }
    float[] values = floats(readings.getValues());
    int groups = Math.min(MAX_GROUPS, readings.getChannels());
    double[] sums = new double[groups * NUMBERS];
    for (int channel = 0; channel < readings.getChannels(); channel++) {
      int group = (int) ((long) channel * groups / readings.getChannels());
      ChannelShape shape =
          ChannelShape.of(values, channel * readings.getSteps(), readings.getSteps());
      add(shape, sums, group * NUMBERS);
    }
    double channelsEach = (double) readings.getChannels() / groups;
    ByteBuffer sketch = ByteBuffer.allocate(sums.length * Short.BYTES);
    for (double sum : sums) {
      sketch.putShort((short) Math.round(sum / channelsEach * STEPS_PER_DECIBEL));
    }
    return new Fingerprint(Fingerprint.Kind.READINGS, sketch.array());
  }

  /**
   * The window in {@link #FEATURES} numbers for each channel, channel by channel: mean, deviation,
   * least, greatest, skewness, kurtosis, and the share of the power in bands of rising frequency.
   * The window cannot be made of them again. Empty for one whose shape is not that of its values.
   */
  public static float[] features(Readings readings) {
    if (!isWhole(readings)) {
      return new float[0];
    }
    float[] values = floats(readings.getValues());
    float[] features = new float[readings.getChannels() * FEATURES];
    for (int channel = 0; channel < readings.getChannels(); channel++) {
      ChannelShape shape =
          ChannelShape.of(values, channel * readings.getSteps(), readings.getSteps());
      int at = channel * FEATURES;
      features[at] = (float) shape.mean();
      features[at + 1] = (float) shape.deviation();
      features[at + 2] = (float) shape.least();
      features[at + 3] = (float) shape.greatest();
      features[at + 4] = (float) shape.skewness();
      features[at + 5] = (float) shape.kurtosis();
      for (int band = 0; band < ChannelShape.BANDS; band++) {
        features[at + 6 + band] = (float) shape.bands()[band];
      }
    }
    return features;
  }

  /** The mean difference of the worst group of channels, in decibels. */
  static double distance(byte[] one, byte[] other) {
    ByteBuffer left = ByteBuffer.wrap(one);
    ByteBuffer right = ByteBuffer.wrap(other);
    double worst = 0;
    while (left.remaining() >= NUMBERS * Short.BYTES) {
      double sum = 0;
      for (int i = 0; i < NUMBERS; i++) {
        sum += Math.abs(left.getShort() - right.getShort());
      }
      worst = Math.max(worst, sum / NUMBERS / STEPS_PER_DECIBEL);
    }
    return worst;
  }

  private static void add(ChannelShape shape, double[] sums, int at) {
    double level = Math.hypot(shape.mean(), shape.deviation());
    sums[at] += 20 * Math.log10(Math.max(LEAST_LEVEL, level));
    // From all constant to all constant the other way are 40 dB, so that no number counts more.
    sums[at + 1] += level > 0 ? FLOOR_DECIBEL / 2 * shape.mean() / level : 0;
    for (int band = 0; band < ChannelShape.BANDS; band++) {
      double decibel = 10 * Math.log10(Math.max(LEAST_LEVEL, shape.bands()[band]));
      sums[at + 2 + band] += Math.max(FLOOR_DECIBEL, decibel);
    }
  }

  private static boolean isWhole(Readings readings) {
    return readings.getChannels() > 0
        && readings.getSteps() > 0
        && (long) readings.getChannels() * readings.getSteps() == readings.getValues().size();
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
}
