package dev.skerry.retrain.sketch;

/**
 * One channel of a window in few numbers. Values that are no numbers count as 0.
 *
 * @param mean in the channel's unit
 * @param deviation from it, root mean square, in the same unit
 * @param least value
 * @param greatest value
 * @param skewness third moment over the deviation; 0 where nothing moves
 * @param kurtosis fourth moment over the deviation; 0 where nothing moves
 * @param bands share of the power in each of {@value #BANDS} bands of rising frequency, each about
 *     as wide as its place in the spectrum is high; all 0 where nothing moves
 */
@SuppressWarnings("ArrayRecordComponent") // Made to be read once.
record ChannelShape(
    double mean,
    double deviation,
    double least,
    double greatest,
    double skewness,
    double kurtosis,
    double[] bands) {

  static final int BANDS = 14;

  static ChannelShape of(float[] values, int from, int steps) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + steps; i++) {
      if (!Float.isFinite(values[i])) {
        values[i] = 0;
      }
      sum += values[i];
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    double mean = sum / steps;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = from; i < from + steps; i++) {
      double off = values[i] - mean;
      second += off * off;
      third += off * off * off;
      fourth += off * off * off * off;
    }
    double deviation = Math.sqrt(second / steps);
    boolean moves = deviation > 0;
    return new ChannelShape(
        mean,
        deviation,
        least,
        greatest,
        moves ? third / steps / Math.pow(deviation, 3) : 0,
        moves ? fourth / steps / Math.pow(deviation, 4) : 0,
        bands(PowerSpectrum.of(values, from, steps, mean)));
  }

  private static double[] bands(double[] power) {
    double[] bands = new double[BANDS];
    double total = 0;
    for (int k = 0; k < power.length; k++) {
      double place = Math.log(k + 1.0) / Math.log(power.length + 1.0);
      bands[(int) Math.min(BANDS - 1, place * BANDS)] += power[k];
      total += power[k];
    }
    for (int band = 0; band < BANDS && total > 0; band++) {
      bands[band] /= total;
    }
    return bands;
  }
}
