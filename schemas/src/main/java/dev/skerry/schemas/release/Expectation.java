package dev.skerry.schemas.release;

import static dev.skerry.schemas.release.ReleaseJson.requireShare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a release may differ from what it replaces, as the gate that trained it found: beyond
 * that it is not the model that was judged. Immutable.
 *
 * @param disagreement the largest share of records with another label than the champion's, 0 to 1
 * @param disagreementByLabel the same among the records to which the champion gives that label;
 *     where a label is left out {@link #disagreementOf} says what holds
 * @param lowConfidence the largest share of records of which it is in doubt and the champion is not
 * @param outOfRange the largest share of records beyond its ranges and within the champion's
 */
public record Expectation(
    @JsonProperty(required = true) double disagreement,
    @Nullable Map<String, Double> disagreementByLabel,
    @JsonProperty(required = true) double lowConfidence,
    @JsonProperty(required = true) double outOfRange) {

  /** Of a release of which no gate has said anything: much like the champion. */
  public static final Expectation DEFAULT = new Expectation(0.1, Map.of(), 0.1, 0.05);

  private static final double LEAST_OF_A_LABEL = 0.25;

  public Expectation {
    requireShare(disagreement, "expected.disagreement");
    disagreementByLabel = disagreementByLabel == null ? Map.of() : Map.copyOf(disagreementByLabel);
    disagreementByLabel
        .values()
        .forEach(share -> requireShare(share, "expected.disagreementByLabel"));
    requireShare(lowConfidence, "expected.lowConfidence");
    requireShare(outOfRange, "expected.outOfRange");
  }

  /**
   * The largest share of disagreement where the champion gives this label. Not announced, it is a
   * quarter, or twice the disagreement of all records where that is more.
   */
  public double disagreementOf(String label) {
    Double announced = disagreementByLabel == null ? null : disagreementByLabel.get(label);
    return announced == null
        ? Math.min(1, Math.max(LEAST_OF_A_LABEL, 2 * disagreement))
        : announced;
  }
}
