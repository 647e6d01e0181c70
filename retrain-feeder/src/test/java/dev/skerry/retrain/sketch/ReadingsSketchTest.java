package dev.skerry.retrain.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ReadingsSketchTest {

  private static final int STEPS = 512;

  @Test
  void shouldFindTheSameSignalLaterInItsTurnNear() {
    assertThat(distance(sine(8, 0), sine(8, 1.3))).isLessThan(0.5);
  }

  @Test
  void shouldFindAnotherFrequencyLevelOrOffsetFar() {
    assertThat(distance(sine(8, 0), sine(32, 0))).isGreaterThan(3);
    assertThat(distance(sine(8, 0), step -> 4 * sine(8, 0).applyAsDouble(step))).isGreaterThan(0.6);
    assertThat(distance(sine(8, 0), step -> 3 + sine(8, 0).applyAsDouble(step))).isGreaterThan(1);
  }

  @Test
  void shouldFindTwoWindowsOfTheSameNoiseFar() {
    assertThat(distance(noise(1), noise(2))).isGreaterThan(1.2);
    assertThat(distance(noise(1), noise(1))).isZero();
  }

  @Test
  void shouldFindAStuckSensorNearItself() {
    assertThat(distance(step -> 21.5, step -> 21.5)).isZero();
  }

  @Test
  void shouldTakeTheWorstOfManyChannels() {
    List<Float> same = new ArrayList<>();
    List<Float> oneDiffers = new ArrayList<>();
    for (int channel = 0; channel < 4; channel++) {
      same.addAll(values(sine(8, 0)));
      oneDiffers.addAll(values(channel == 2 ? sine(64, 0) : sine(8, 0)));
    }
    Fingerprint one = ReadingsSketch.of(readings(4, same));
    assertThat(one.distance(ReadingsSketch.of(readings(4, oneDiffers)))).isGreaterThan(3);
  }

  @Test
  void shouldStaySmallForAnyNumberOfChannels() {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      values.add((float) i);
    }
    assertThat(ReadingsSketch.of(readings(500, values)).bytes())
        .hasSizeLessThanOrEqualTo(Fingerprint.MAX_BYTES);
  }

  @Test
  void shouldTakeWhatIsNoNumberForNothing() {
    List<Float> values = new ArrayList<>(values(noise(3)));
    values.set(7, Float.NaN);
    values.set(9, Float.POSITIVE_INFINITY);
    assertThat(ReadingsSketch.of(readings(1, values)).kind()).isEqualTo(Fingerprint.Kind.READINGS);
    for (float feature : ReadingsSketch.features(readings(1, values))) {
      assertThat(feature).isFinite();
    }
  }

  @Test
  void shouldHaveNoFingerprintOfAWindowThatIsNotWhole() {
    assertThat(ReadingsSketch.of(readings(3, List.of(1f, 2f))).kind())
        .isEqualTo(Fingerprint.Kind.NONE);
    assertThat(Fingerprint.none().distance(Fingerprint.none())).isInfinite();
  }

  @Test
  void shouldSayInFeaturesWhereThePowerIs() {
    float[] features = ReadingsSketch.features(readings(1, values(sine(8, 0))));
    assertThat(features).hasSize(ReadingsSketch.FEATURES);
    float most = 0;
    for (int band = 6; band < features.length; band++) {
      most = Math.max(most, features[band]);
    }
    assertThat(most).isGreaterThan(0.9f);
    assertThat(features[1]).isBetween(0.7f, 0.72f); // The deviation of a sine is 1 / sqrt 2.
  }

  private static double distance(IntToDoubleFunction one, IntToDoubleFunction other) {
    return ReadingsSketch.of(readings(1, values(one)))
        .distance(ReadingsSketch.of(readings(1, values(other))));
  }

  private static IntToDoubleFunction sine(int cycles, double phase) {
    return step -> Math.sin(2 * Math.PI * cycles * step / STEPS + phase);
  }

  private static IntToDoubleFunction noise(long seed) {
    double[] values = new Random(seed).doubles(STEPS, -1, 1).toArray();
    return step -> values[step];
  }

  private static List<Float> values(IntToDoubleFunction signal) {
    List<Float> values = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      values.add((float) signal.applyAsDouble(step));
    }
    return values;
  }

  private static Readings readings(int channels, List<Float> values) {
    return Readings.newBuilder()
        .setChannels(channels)
        .setSteps(values.size() / channels + (values.size() % channels == 0 ? 0 : 1))
        .setValues(values)
        .build();
  }
}
