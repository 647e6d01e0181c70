package dev.skerry.inference.model;

import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.Normalisation;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.ValueRange;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a contract wants done to readings where they lie in a model's input: normalised, channel by
 * channel, and watched for values that the model does not know. Immutable.
 */
public final class ReadingsScaling {

  private final int steps;
  private final float[] shifts;
  private final float[] divisors;
  private final float[] least;
  private final float[] largest;
  private final boolean normalises;
  private final boolean watches;

  /** The scaling that a contract of a model of readings asks for. */
  public ReadingsScaling(ModelContract contract) {
    ReadingsInput input = contract.readings();
    Normalisation normalisation = input.normalise();
    int channels = input.channels().size();
    this.steps = input.steps();
    this.normalises = normalisation != null;
    this.watches = contract.thresholds().outOfRange();
    this.shifts = new float[channels];
    this.divisors = new float[channels];
    this.least = new float[channels];
    this.largest = new float[channels];
    Arrays.fill(divisors, 1);
    if (normalisation != null) {
      copy(normalisation.shift(), shifts);
      copy(normalisation.divisor(), divisors);
    }
    if (watches) {
      copy(input.ranges().stream().map(ValueRange::min).toList(), least);
      copy(input.ranges().stream().map(ValueRange::max).toList(), largest);
    }
  }

  private static void copy(List<Float> from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = from.get(i);
    }
  }

  /**
   * Does it to one record, in place.
   *
   * @param input holds the record's values, channel by channel
   * @param offset where in it they begin
   * @return whether any value, before it was normalised, lies outside its channel's range
   */
  public boolean apply(FloatBuffer input, int offset) {
    boolean outside = watches && isOutside(input, offset);
    if (normalises) {
      normalise(input, offset);
    }
    return outside;
  }

  private boolean isOutside(FloatBuffer input, int offset) {
    int at = offset;
    for (int channel = 0; channel < least.length; channel++) {
      for (int end = at + steps; at < end; at++) {
        float value = input.get(at);
        if (value < least[channel] || value > largest[channel]) {
          return true;
        }
      }
    }
    return false;
  }

  private void normalise(FloatBuffer input, int offset) {
    int at = offset;
    for (int channel = 0; channel < shifts.length; channel++) {
      float shift = shifts[channel];
      float divisor = divisors[channel];
      for (int end = at + steps; at < end; at++) {
        input.put(at, (input.get(at) - shift) / divisor);
      }
    }
  }
}
