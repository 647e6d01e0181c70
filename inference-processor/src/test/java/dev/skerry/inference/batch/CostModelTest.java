package dev.skerry.inference.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CostModelTest {

  private static final int MAX = 2_000;

  @Property(tries = 200)
  void shouldFindTheLineThatRoundsLieOn(
      @ForAll @DoubleRange(min = 0, max = 5e6) double fixed,
      @ForAll @DoubleRange(min = 1, max = 1e5) double perRecord,
      @ForAll long seed) {
    CostModel cost = learned(fixed, perRecord, 0, seed);

    assertThat(cost.fixedNanos()).isCloseTo(fixed, within(1 + (fixed + perRecord) * 1e-3));
    assertThat(cost.nanosPerRecord()).isCloseTo(perRecord, within(perRecord * 1e-3));
  }

  @Property(tries = 200)
  void shouldNameTheLargestRoundThatTheBudgetAdmits(
      @ForAll @DoubleRange(min = 0, max = 5e6) double fixed,
      @ForAll @DoubleRange(min = 100, max = 1e5) double perRecord,
      @ForAll @IntRange(min = 1, max = MAX) int fitting,
      @ForAll long seed) {
    CostModel cost = learned(fixed, perRecord, 0, seed);
    int largest = cost.largestWithin(fixed + perRecord * (fitting + 0.5), MAX);

    assertThat(largest).isCloseTo(fitting, within(1 + fitting / 20));
  }

  @Property(tries = 200)
  void shouldNeverPromiseLessThanNothingWhateverWasMeasured(
      @ForAll @IntRange(min = 1, max = 60) int rounds, @ForAll long seed) {
    Random random = new Random(seed);
    CostModel cost = new CostModel();
    for (int i = 0; i < rounds; i++) {
      cost.observe(1 + random.nextInt(3), random.nextDouble() * 1e9);
    }

    assertThat(cost.fixedNanos()).isNotNegative().isFinite();
    assertThat(cost.nanosPerRecord()).isNotNegative().isFinite();
    assertThat(cost.largestWithin(random.nextDouble() * 1e9, MAX)).isBetween(0, MAX);
    assertThat(cost.balanced(MAX)).isBetween(1, MAX);
  }

  @Test
  void shouldKeepTheBudget99TimesOf100() {
    double fixed = 2e6;
    double perRecord = 5e3;
    double noise = 3e5;
    CostModel cost = learned(fixed, perRecord, noise, 7);
    double budget = 8e6;
    int size = cost.largestWithin(budget, MAX);
    Random random = new Random(8);
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      kept += fixed + perRecord * size + noise * random.nextGaussian() <= budget ? 1 : 0;
    }

    assertThat(kept).isGreaterThan(9_800);
    assertThat(size).isGreaterThan(800); // (8 - 2 - 2.33 * 0.3) ms / 5 us is 1060.
  }

  @Test
  void shouldFollowCostsThatChange() {
    CostModel cost = learned(1e6, 1e3, 0, 1);
    Random random = new Random(2);
    for (int i = 0; i < 1_000; i++) {
      int records = 1 + random.nextInt(MAX);
      cost.observe(records, 4e6 + 8e3 * records);
    }

    assertThat(cost.fixedNanos()).isCloseTo(4e6, within(2e5));
    assertThat(cost.nanosPerRecord()).isCloseTo(8e3, within(400.0));
  }

  @Test
  void shouldNotBeMovedFarByOnePause() {
    CostModel cost = learned(1e6, 1e3, 1e4, 1);
    int before = cost.largestWithin(2e6, MAX);
    cost.observe(500, 3e9);

    assertThat(cost.largestWithin(2e6, MAX)).isGreaterThan(before / 3);
  }

  @Test
  void shouldFitNothingWhereTheRoundItselfCostsMoreThanTheBudget() {
    CostModel cost = learned(4e6, 1e3, 0, 1);

    assertThat(cost.largestWithin(3e6, MAX)).isZero();
    assertThat(cost.balanced(10_000)).isCloseTo(4_000, within(10));
  }

  private static CostModel learned(double fixed, double perRecord, double noise, long seed) {
    Random random = new Random(seed);
    CostModel cost = new CostModel();
    for (int i = 0; i < 500; i++) {
      int records = 1 + random.nextInt(MAX);
      cost.observe(records, fixed + perRecord * records + noise * random.nextGaussian());
    }
    return cost;
  }
}
