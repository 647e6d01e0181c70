package dev.skerry.aggregator.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.aggregator.answers.OffsetSet.Range;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OffsetSetTest {

  private static final int OFFSETS = 60;

  @Property(tries = 300)
  void shouldHoldWhatABitSetHolds(@ForAll long seed) {
    Random random = new Random(seed);
    OffsetSet set = new OffsetSet();
    BitSet expected = new BitSet();
    for (int step = 0; step < 80; step++) {
      int offset = random.nextInt(OFFSETS);
      switch (random.nextInt(4)) {
        case 0 -> {
          int end = offset + random.nextInt(6);
          set.addAll(offset, end);
          expected.set(offset, end);
        }
        case 1 -> {
          assertThat(set.remove(offset)).isEqualTo(expected.get(offset));
          expected.clear(offset);
        }
        case 2 -> {
          int before = offset / 6;
          assertThat(set.removeBefore(before)).isEqualTo(expected.get(0, before).cardinality());
          expected.clear(0, before);
        }
        default -> {
          assertThat(set.add(offset)).isEqualTo(!expected.get(offset));
          expected.set(offset);
        }
      }
      assertSame(set, expected);
    }
  }

  private static void assertSame(OffsetSet set, BitSet expected) {
    BitSet held = new BitSet();
    long touched = -1;
    for (Range range : set.ranges()) {
      assertThat(range.first()).isGreaterThan(touched).isLessThan(range.end());
      touched = range.end();
      held.set((int) range.first(), (int) range.end());
    }
    assertThat(held).isEqualTo(expected);
    assertThat(set.size()).isEqualTo(expected.cardinality());
    BitSet gaps = new BitSet();
    set.gaps(5, 50).forEach(gap -> gaps.set((int) gap.first(), (int) gap.end()));
    BitSet open = new BitSet();
    open.set(5, 50);
    open.andNot(expected);
    assertThat(gaps).isEqualTo(open);
  }

  @Test
  void shouldStaySmallWhereNothingIsMissing() {
    OffsetSet set = new OffsetSet();
    for (long offset = 0; offset < 100_000; offset++) {
      set.add(offset);
    }
    assertThat(set.ranges()).isEqualTo(List.of(new Range(0, 100_000)));
  }
}
