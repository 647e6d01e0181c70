package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Property(tries = 200)
  void shouldSayTheQuantileToAnEighthAndNeverTooLittle(
      @ForAll @NotEmpty List<@LongRange(max = 1L << 40) Long> nanos) {
    Latencies latencies = new Latencies();
    nanos.forEach(latencies::add);
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    for (double share : new double[] {0.5, 0.99, 1}) {
      long exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
      assertThat(latencies.quantile(share).toNanos())
          .isBetween(exact, exact + Math.max(1, exact / 8 + 1));
    }
  }

  @Test
  void shouldBeZeroWhereThereIsNothingYet() {
    assertThat(new Latencies().quantile(0.99)).isZero();
  }
}
