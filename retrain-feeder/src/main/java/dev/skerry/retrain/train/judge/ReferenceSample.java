package dev.skerry.retrain.train.judge;

import dev.skerry.retrain.train.data.Window;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a model says and is given over data that stands for its service, and makes its
 * contract's reference of it. Not thread-safe.
 */
public final class ReferenceSample {

  private static final int BINS = 10;

  /** Steps of a window are much alike: so many of each channel, evenly spread, are enough. */
  private static final int VALUES_OF_A_WINDOW = 16;

  private final List<String> scoreNames;
  private final List<String> channels;
  private final List<float[]> scores = new ArrayList<>();
  private final List<float[]> values = new ArrayList<>();

  /**
   * For a model of readings.
   *
   * @param scoreNames in the order of its output
   * @param channels in the order of its input
   */
  public ReferenceSample(List<String> scoreNames, List<String> channels) {
    this.scoreNames = List.copyOf(scoreNames);
    this.channels = List.copyOf(channels);
  }

  /** Adds a window and what the model said of it. */
  public void add(Window window, float[] said) {
    scores.add(said);
    int taken = Math.min(VALUES_OF_A_WINDOW, window.steps());
    for (int i = 0; i < taken; i++) {
      int step = (int) ((long) window.steps() * i / taken);
      float[] row = new float[channels.size()];
      for (int channel = 0; channel < row.length; channel++) {
        row[channel] = window.values()[channel * window.steps() + step];
      }
      values.add(row);
    }
  }

  /** The reference; at least one window must have been added. */
  public Reference toReference() {
    return new Reference(distributions(scoreNames, scores), distributions(channels, values));
  }

  private static List<Distribution> distributions(List<String> names, List<float[]> rows) {
    List<Distribution> distributions = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      float[] numbers = new float[rows.size()];
      for (int row = 0; row < numbers.length; row++) {
        numbers[row] = rows.get(row)[column];
      }
      distributions.add(Distribution.of(names.get(column), numbers, BINS));
    }
    return distributions;
  }
}
