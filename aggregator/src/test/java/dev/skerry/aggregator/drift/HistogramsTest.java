package dev.skerry.aggregator.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.model.Distribution;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of merging, for counts in bins. */
class HistogramsTest {

  private static final Distribution SCORE =
      new Distribution("score", List.of(0.0, 100.0), List.of(0.2, 0.3, 0.5));

  private final HistogramAddition addition = new HistogramAddition();

  @Property(tries = 100)
  void shouldAddUpTheSameWhateverTheOrder(
      @ForAll List<Integer> a, @ForAll List<Integer> b, @ForAll List<Integer> c) {
    assertSame(plus(plus(of(a), of(b)), of(c)), plus(of(a), plus(of(c), of(b))));
    assertSame(plus(addition.zero(), of(a)), of(a));
  }

  @Property(tries = 100)
  void shouldSurviveBeingBytes(@ForAll List<Integer> a) {
    Histograms read = addition.decode(addition.encode(of(a)));
    assertSame(read, of(a));
    assertThat(addition.count(read)).isEqualTo(a.size());
  }

  private static void assertSame(Histograms one, Histograms other) {
    assertThat(one.records).isEqualTo(other.records);
    assertThat(one.devices.count()).isEqualTo(other.devices.count());
    assertThat(one.countsByName).usingRecursiveComparison().isEqualTo(other.countsByName);
  }

  private Histograms plus(Histograms a, Histograms b) {
    Histograms sum = addition.zero();
    addition.add(sum, a);
    addition.add(sum, b);
    return sum;
  }

  private Histograms of(List<Integer> numbers) {
    Histograms histograms = addition.zero();
    for (int number : numbers) {
      histograms.addRecord("machine-" + number % 7);
      histograms.add(SCORE, number);
    }
    return histograms;
  }
}
