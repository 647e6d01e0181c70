package dev.skerry.retrain.train.anomaly;

import java.util.List;

/**
 * How an anomaly model is fitted. Immutable.
 *
 * @param name of the model
 * @param version of the model
 * @param stream that it answers
 * @param channels what the channels are, in order; empty to number them
 * @param firstWindows how many windows of each device are taken; the others are not looked at
 * @param modes ways of running normally that it looks for; fewer where there is little data
 * @param quantile of the scores of normal windows that were held back, the threshold's basis
 * @param margin what that is multiplied by
 * @param seed of the search for modes
 */
public record AnomalyOptions(
    String name,
    String version,
    String stream,
    List<String> channels,
    int firstWindows,
    int modes,
    double quantile,
    double margin,
    long seed) {

  public AnomalyOptions {
    require(
        !name.isBlank() && !version.isBlank() && !stream.isBlank(),
        "name, version and stream must not be empty");
    require(firstWindows >= 1, "first windows must be 1 or more, not " + firstWindows);
    require(modes >= 1, "modes must be 1 or more, not " + modes);
    require(quantile > 0 && quantile <= 1, "quantile must be above 0 and at most 1");
    require(margin > 0, "margin must be more than 0, not " + margin);
    channels = List.copyOf(channels);
  }

  /** The settings that did best on SKAB; every window is taken. */
  public static AnomalyOptions standard(String stream) {
    return new AnomalyOptions(
        stream + "-anomaly", "1.0.0", stream, List.of(), Integer.MAX_VALUE, 6, 0.99, 1.5, 1);
  }

  /** For another version of the model. */
  public AnomalyOptions withVersion(String other) {
    return new AnomalyOptions(
        name, other, stream, channels, firstWindows, modes, quantile, margin, seed);
  }

  /** With names for the channels, in the order of the readings. */
  public AnomalyOptions withChannels(List<String> names) {
    return new AnomalyOptions(
        name, version, stream, names, firstWindows, modes, quantile, margin, seed);
  }

  /** With only the first windows of each device. */
  public AnomalyOptions withFirstWindows(int windows) {
    return new AnomalyOptions(
        name, version, stream, channels, windows, modes, quantile, margin, seed);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("anomaly model: " + message);
    }
  }
}
