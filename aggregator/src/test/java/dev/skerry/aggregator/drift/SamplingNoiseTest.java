package dev.skerry.aggregator.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.schemas.model.Distribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingNoiseTest {

  private static final int BINS = 10;
  private static final int FLEETS = 2_000;

  private static final Distribution TENTHS =
      new Distribution("speed", List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0), tenths());

  private final SamplingNoise noise = new SamplingNoise();

  private static List<Double> tenths() {
    return Collections.nCopies(BINS, 1.0 / BINS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 40, 300})
  void shouldTakeHealthyFleetsOfMachinesWithSpeedsOfTheirOwnForNoDrift(int devices) {
    SplittableRandom random = new SplittableRandom(7);
    double chance = noise.of(TENTHS, devices);
    int drifted = 0;
    for (int fleet = 0; fleet < FLEETS; fleet++) {
      long[] counts = new long[BINS];
      for (int device = 0; device < devices; device++) {
        counts[random.nextInt(BINS)] += 500; // Each says the same in all of its records.
      }
      drifted += StabilityIndex.of(TENTHS, StabilityIndex.shares(counts)) > chance ? 1 : 0;
    }
    assertThat(drifted).isLessThanOrEqualTo(FLEETS * 3 / 1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 40, 300})
  void shouldSeeAFleetMoveAsAWhole(int devices) {
    List<Double> moved = new ArrayList<>(Collections.nCopies(BINS, 0.0));
    moved.set(BINS - 1, 1.0);
    assertThat(StabilityIndex.of(TENTHS, moved)).isGreaterThan(noise.of(TENTHS, devices));
  }

  @Test
  void shouldBeChiSquaredForManyDevices() {
    double percentileOfNineDegrees = 27.88;
    assertThat(noise.of(TENTHS, 200) * 200).isCloseTo(percentileOfNineDegrees, within(3.0));
    assertThat(noise.of(TENTHS, 20_000) * 20_000).isCloseTo(percentileOfNineDegrees, within(3.0));
  }

  @Test
  void shouldSayNothingWithoutDevices() {
    assertThat(noise.of(TENTHS, 0)).isInfinite();
  }
}
