package dev.skerry.aggregator.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jpountz.xxhash.XXHashFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SumTest {

  @Test
  void shouldHashAsXxh64Does() {
    // The reference implementation's values of XXH64("", 0) and XXH64("abc", 0).
    long emptyKey = 0xEF46DB3751D8E999L;
    assertThat(RecordHash.of("abc".getBytes(UTF_8), new byte[0]))
        .isEqualTo(xxh64(new byte[0], 0x44BC2CF5AD770999L));
    assertThat(RecordHash.of(new byte[0], "abc".getBytes(UTF_8)))
        .isEqualTo(xxh64("abc".getBytes(UTF_8), emptyKey));
  }

  private static long xxh64(byte[] bytes, long seed) {
    return XXHashFactory.unsafeInstance().hash64().hash(bytes, 0, bytes.length, seed);
  }

  @Test
  void shouldTellKeyFromValueAndAbsentFromEmpty() {
    byte[] empty = {};
    byte[] a = {'a'};
    byte[] b = {'b'};
    byte[] ab = {'a', 'b'};
    assertThat(
            List.of(
                RecordHash.of(null, null),
                RecordHash.of(empty, null),
                RecordHash.of(null, empty),
                RecordHash.of(empty, empty),
                RecordHash.of(a, b),
                RecordHash.of(b, a),
                RecordHash.of(ab, empty),
                RecordHash.of(empty, ab),
                RecordHash.of(ab, null),
                RecordHash.of(null, ab)))
        .doesNotHaveDuplicates();
  }

  @Property(tries = 200)
  void shouldNotDependOnTheOrder(@ForAll @Size(max = 30) List<byte[]> values, @ForAll long seed) {
    List<byte[]> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(sum(shuffled)).isEqualTo(sum(values));
  }

  @Property(tries = 200)
  void shouldNotDependOnHowRecordsAreSplit(
      @ForAll @Size(max = 30) List<byte[]> values, @ForAll int cut) {
    int at = values.isEmpty() ? 0 : Math.floorMod(cut, values.size());
    Sum left = sum(values.subList(0, at));
    Sum right = sum(values.subList(at, values.size()));
    assertThat(left.plus(right)).isEqualTo(right.plus(left)).isEqualTo(sum(values));
    assertThat(Sum.ofBytes(left.toBytes())).isEqualTo(left);
  }

  @Property(tries = 200)
  void shouldNotLetALossAndADoubleCancel(@ForAll @Size(min = 2, max = 30) List<byte[]> values) {
    byte[] lost = values.get(0);
    byte[] doubled = values.get(1);
    List<byte[]> arrived = new ArrayList<>(values.subList(1, values.size()));
    arrived.add(doubled);
    Sum written = sum(values);
    Sum there = sum(arrived);
    assertThat(there.count()).isEqualTo(written.count());
    // To lose one of two equal records and double the other is to lose nothing.
    assertThat(there.hashSum() == written.hashSum()).isEqualTo(Arrays.equals(lost, doubled));
  }

  private static Sum sum(List<byte[]> values) {
    return values.stream().map(value -> Sum.of(null, value)).reduce(Sum.ZERO, Sum::plus);
  }
}
