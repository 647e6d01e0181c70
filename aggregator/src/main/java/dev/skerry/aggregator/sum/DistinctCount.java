package dev.skerry.aggregator.sum;

import java.nio.ByteBuffer;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * A mergeable sketch of how many different names there are: Apache DataSketches' HLL sketch with
 * 2^{@link #LG_K} registers. Exact for a few hundred names but for chance; the standard error is
 * 2.3 % for many. Belongs to one thread.
 *
 * @see <a href="https://datasketches.apache.org/docs/HLL/HllSketches.html">HLL sketches</a>
 */
public final class DistinctCount {

  static final int LG_K = 11;

  /** Standard error of the count, as a share of it. */
  static final double STANDARD_ERROR = 0.0236;

  private Union union = new Union(LG_K);

  /** Adds a name. */
  public void add(String name) {
    union.update(name);
  }

  /** Adds the names that another one has; that one stays as it is. */
  public void add(DistinctCount other) {
    union.update(other.sketch());
  }

  /** How many there are. */
  public long count() {
    return Math.round(union.getEstimate());
  }

  private HllSketch sketch() {
    return union.getResult(TgtHllType.HLL_4);
  }

  /** As DataSketches writes it in every language; no bytes where there are no names. */
  public ByteBuffer toBytes() {
    return ByteBuffer.wrap(union.isEmpty() ? new byte[0] : sketch().toCompactByteArray());
  }

  /** Reads such bytes; throws {@link InvalidSketchException}. */
  public static DistinctCount of(ByteBuffer bytes) {
    DistinctCount names = new DistinctCount();
    if (bytes.hasRemaining()) {
      names.union = InvalidSketchException.orElse("HLL", () -> heapify(bytes));
    }
    return names;
  }

  private static Union heapify(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    Union union = new Union(LG_K);
    union.update(HllSketch.heapify(Memory.wrap(copy)));
    return union;
  }
}
