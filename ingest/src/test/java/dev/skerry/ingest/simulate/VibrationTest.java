package dev.skerry.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each fault shows the signature that the textbooks give it. */
class VibrationTest {

  private static final int MACHINES = 40;
  private static final double SEVERITY = 0.6;
  private static final Seed SEED = new Seed(7);

  @Test
  void shouldMeasureInTheStepsOfItsSensors() {
    float[] window = Vibration.window(machine(0), Condition.HEALTHY, 0);
    for (int n = 0; n < window.length; n++) {
      double steps =
          window[n] * (n < 2 * Vibration.STEPS ? Vibration.STEPS_PER_G : Vibration.STEPS_PER_HZ);
      assertThat(steps).isEqualTo(Math.rint(steps));
    }
    assertThat(IntStream.range(0, Vibration.STEPS).mapToObj(n -> window[n]).distinct().count())
        .as("levels of the radial acceleration")
        .isGreaterThan(30);
  }

  @Test
  void shouldShowUnbalanceAsRadialEnergyAtShaftSpeed() {
    assertThat(medianRise(Fault.UNBALANCE, w -> Spectrum.of(w, 0).near(speed(w)))).isGreaterThan(3);
    assertThat(medianRise(Fault.UNBALANCE, w -> Spectrum.of(w, 0).near(2 * speed(w))))
        .isBetween(0.7, 1.5);
  }

  @Test
  void shouldShowMisalignmentAsAxialEnergyAtTwiceTheShaftSpeed() {
    assertThat(medianRise(Fault.MISALIGNMENT, w -> Spectrum.of(w, 1).near(2 * speed(w))))
        .isGreaterThan(4);
  }

  @Test
  void shouldGrowUnbalanceWithTheSquareOfTheSpeed() {
    Machine machine = machine(3);
    double displacement =
        machine.unbalanceMicrons() * SEVERITY + machine.residualUnbalanceMicrons();
    float[] window = Vibration.window(machine, new Condition(Fault.UNBALANCE, SEVERITY), 0);
    double omega = 2 * Math.PI * speed(window);
    double expectedG = machine.sensorGain() * displacement * 1e-6 * omega * omega / 9.80665;
    assertThat(Spectrum.of(window, 0).near(speed(window)) / expectedG).isBetween(0.7, 1.3);
  }

  @Test
  void shouldShowOuterRaceDefectsInTheEnvelopeAtBpfo() {
    assertThat(medianRise(Fault.BEARING_OUTER, (m, w) -> envelope(w, m.bearing().bpfoOrder())))
        .isGreaterThan(3.5);
    assertThat(medianRise(Fault.BEARING_OUTER, (m, w) -> envelope(w, m.bearing().bpfiOrder())))
        .isLessThan(1.6);
  }

  @Test
  void shouldShowInnerRaceDefectsInTheEnvelopeAtBpfiWithSidebandsAtShaftSpeed() {
    assertThat(medianRise(Fault.BEARING_INNER, (m, w) -> envelope(w, m.bearing().bpfiOrder())))
        .isGreaterThan(2.2);
    assertThat(medianRise(Fault.BEARING_INNER, (m, w) -> envelope(w, m.bearing().bpfiOrder() - 1)))
        .isGreaterThan(1.8);
    assertThat(medianRise(Fault.BEARING_INNER, (m, w) -> envelope(w, 1))).isGreaterThan(1.8);
  }

  @Test
  void shouldHideTheMildestFaultsInTheNoise() {
    double[] rises =
        IntStream.range(0, MACHINES)
            .mapToDouble(
                index -> {
                  Machine m = machine(index);
                  Condition mild = new Condition(Fault.BEARING_OUTER, 0.08);
                  double faulty = envelope(Vibration.window(m, mild, 0), m.bearing().bpfoOrder());
                  double healthy =
                      envelope(Vibration.window(m, Condition.HEALTHY, 0), m.bearing().bpfoOrder());
                  return faulty / healthy;
                })
            .sorted()
            .toArray();
    assertThat(rises[MACHINES / 5]).as("a fifth of the machines shows nothing").isLessThan(2);
  }

  private interface Measure {
    double of(Machine machine, float[] window);
  }

  private static double medianRise(Fault fault, ToDoubleFunction<float[]> measure) {
    return medianRise(fault, (machine, window) -> measure.applyAsDouble(window));
  }

  /** How much larger a measure is on the same machine with the fault, in the median. */
  private static double medianRise(Fault fault, Measure measure) {
    return IntStream.range(0, MACHINES)
        .mapToDouble(
            index -> {
              Machine machine = machine(index);
              float[] faulty = Vibration.window(machine, new Condition(fault, SEVERITY), index);
              float[] healthy = Vibration.window(machine, Condition.HEALTHY, index);
              return measure.of(machine, faulty) / measure.of(machine, healthy);
            })
        .sorted()
        .skip(MACHINES / 2)
        .findFirst()
        .orElseThrow();
  }

  private static Machine machine(int index) {
    return Machine.draw(SEED, Population.TRAINING, index);
  }

  private static double envelope(float[] window, double order) {
    return Spectrum.ofEnvelope(window, 0).near(order * speed(window));
  }

  private static double speed(float[] window) {
    double sum = 0;
    for (int n = 0; n < Vibration.STEPS; n++) {
      sum += window[2 * Vibration.STEPS + n];
    }
    return sum / Vibration.STEPS;
  }
}
