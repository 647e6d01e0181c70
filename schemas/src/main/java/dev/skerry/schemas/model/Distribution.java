package dev.skerry.schemas.model;

import static dev.skerry.schemas.model.Rule.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How numbers are distributed, as shares of bins. Immutable.
 *
 * @param name whose numbers: a score's or a channel's
 * @param edges inner edges of the bins, ascending, 1 to 64; n edges make n + 1 bins, of which bin i
 *     ends before edge i
 * @param shares of each bin, 0 to 1, summing to 1
 */
public record Distribution(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<Double> edges,
    @JsonProperty(required = true) List<Double> shares) {

  private static final int MAX_EDGES = 64;
  private static final double SUM_TOLERANCE = 1e-3;
  private static final double ROUNDING = 1e6;

  public Distribution {
    String field = "reference of " + name;
    Rule.requireText(name, "reference: a name");
    Rule.requireBetween(edges.size(), 1, MAX_EDGES, field + ": the number of edges");
    require(
        shares.size() == edges.size() + 1,
        field,
        "must have one share more than edges, not %d and %d"
            .formatted(shares.size(), edges.size()));
    double before = Double.NEGATIVE_INFINITY;
    for (double edge : edges) {
      require(Double.isFinite(edge) && edge > before, field, "must have rising edges: " + edges);
      before = edge;
    }
    double sum = 0;
    for (double share : shares) {
      require(share >= 0 && share <= 1, field, "must have shares from 0 to 1, not " + share);
      sum += share;
    }
    require(
        Math.abs(sum - 1) <= SUM_TOLERANCE, field, "must have shares that sum to 1, not " + sum);
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
  }

  /**
   * Of a sample of numbers, in bins that hold about as many of them each; fewer bins where numbers
   * are often the same.
   *
   * @param sample finite numbers, at least one; sorted by this call
   * @param bins 2 and up
   */
  public static Distribution of(String name, float[] sample, int bins) {
    Arrays.sort(sample);
    List<Double> edges = new ArrayList<>();
    for (int bin = 1; bin < bins; bin++) {
      double edge = sample[(int) ((long) sample.length * bin / bins)];
      boolean first = edges.isEmpty();
      if (edge > (first ? sample[0] : edges.get(edges.size() - 1))) {
        edges.add(edge);
      }
    }
    if (edges.isEmpty()) {
      edges.add((double) Math.nextUp(sample[0]));
    }
    long[] counts = new long[edges.size() + 1];
    for (float number : sample) {
      counts[bin(edges, number)]++;
    }
    List<Double> shares = new ArrayList<>();
    for (long count : counts) {
      shares.add(Math.round(count * ROUNDING / sample.length) / ROUNDING);
    }
    return new Distribution(name, edges, shares);
  }

  /** How many bins there are. */
  public int bins() {
    return shares.size();
  }

  /** The bin of a number, 0 and up; NaN is in the last. */
  public int bin(double number) {
    return bin(edges, number);
  }

  private static int bin(List<Double> edges, double number) {
    int bin = 0;
    while (bin < edges.size() && !(number < edges.get(bin))) {
      bin++;
    }
    return bin;
  }
}
