package dev.skerry.aggregator.sum;

import java.nio.ByteBuffer;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * A mergeable sketch of how numbers are distributed: Apache DataSketches' KLL sketch of floats with
 * {@link #K}. The rank of a quantile is right to within {@link #RANK_ERROR} with 99 % confidence,
 * whatever was merged in which order; with fewer than K numbers it is exact. Belongs to one thread.
 *
 * @see <a href="https://arxiv.org/abs/1603.05346">Karnin, Lang, Liberty: Optimal Quantile
 *     Approximation in Streams</a>
 */
final class Quantiles {

  static final int K = 200;

  /** Half the width of the interval around a rank, as a share of all numbers. */
  static final double RANK_ERROR = 0.0133;

  private KllFloatsSketch sketch = KllFloatsSketch.newHeapInstance(K);

  void add(float number) {
    sketch.update(number);
  }

  void add(Quantiles other) {
    sketch.merge(other.sketch);
  }

  long count() {
    return sketch.getN();
  }

  /** The number of that rank, 0 to 1; 0 where there are none. */
  float quantile(double rank) {
    return sketch.isEmpty() ? 0 : sketch.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
  }

  /** As DataSketches writes it in every language; no bytes where there are no numbers. */
  ByteBuffer toBytes() {
    return ByteBuffer.wrap(sketch.isEmpty() ? new byte[0] : sketch.toByteArray());
  }

  /** Reads such bytes; throws {@link InvalidSketchException}. */
  static Quantiles of(ByteBuffer bytes) {
    Quantiles quantiles = new Quantiles();
    if (bytes.hasRemaining()) {
      quantiles.sketch = InvalidSketchException.orElse("KLL", () -> heapify(bytes));
    }
    return quantiles;
  }

  private static KllFloatsSketch heapify(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return KllFloatsSketch.heapify(Memory.wrap(copy));
  }
}
