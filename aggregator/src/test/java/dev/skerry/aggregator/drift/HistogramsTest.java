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
    byte[] left = addition.encode(plus(plus(of(a), of(b)), of(c)));
    byte[] right = addition.encode(plus(of(a), plus(of(c), of(b))));
    assertThat(left).isEqualTo(right);
    assertThat(addition.encode(plus(addition.zero(), of(a)))).isEqualTo(addition.encode(of(a)));
  }

  @Property(tries = 100)
  void shouldSurviveBeingBytes(@ForAll List<Integer> a) {
    Histograms read = addition.decode(addition.encode(of(a)));
    assertThat(addition.encode(read)).isEqualTo(addition.encode(of(a)));
    assertThat(addition.count(read)).isEqualTo(a.size());
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
      histograms.records++;
      histograms.add(SCORE, number);
    }
    return histograms;
  }
}
