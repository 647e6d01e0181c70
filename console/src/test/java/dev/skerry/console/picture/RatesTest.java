package dev.skerry.console.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatesTest {

  @Test
  void shouldGiveTheRateOfTheLastTenSeconds() {
    Rate rate = new Rate();
    assertThat(rate.perSecond()).isZero();
    for (int second = 0; second <= 60; second++) {
      rate.observe(second * 1_000L, second <= 30 ? 0 : (second - 30) * 5.0);
    }
    assertThat(rate.perSecond()).isEqualTo(5);
  }

  @Test
  void shouldBeginAnewWithACounterThatDid() {
    Rate rate = new Rate();
    rate.observe(0, 1_000);
    rate.observe(1_000, 2_000);
    rate.observe(2_000, 10);
    assertThat(rate.perSecond()).isZero();
    rate.observe(3_000, 30);
    assertThat(rate.perSecond()).isEqualTo(20);
  }

  @Test
  void shouldAddUpGrowthAlone() {
    Growth growth = new Growth();
    growth.observe(100);
    growth.observe(150);
    growth.observe(20);
    growth.observe(30);
    assertThat(growth.sum()).isEqualTo(60);
  }

  @Test
  void shouldNamePercentilesAndForgetThem() {
    Latencies latencies = new Latencies();
    for (int millis = 1_000; millis >= 1; millis--) {
      latencies.add(millis);
    }
    latencies.add(-5);
    assertThat(latencies.take(0.50, 0.99)).containsExactly(500L, 990L);
    assertThat(latencies.take(0.50)).containsExactly((Long) null);
  }
}
