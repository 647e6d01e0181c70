package dev.skerry.inference.task;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.ModelContract;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the model's answer to one record is. Written anew for each record. Not thread-safe: one per
 * worker and model.
 */
public final class Verdict {

  private final float[] scores;
  private final FoundBoxes boxes;
  private final Set<SampleReason> doubts = EnumSet.noneOf(SampleReason.class);
  private int label;
  private float confidence;
  private float uncertainty;

  /** A verdict of a model with this contract. */
  public Verdict(ModelContract contract) {
    BoxFormat format = contract.output().boxes();
    this.scores = new float[contract.scoreCount()];
    this.boxes = new FoundBoxes(format == null ? 0 : format.maxBoxes());
  }

  /** Forgets the last record's answer. */
  void begin() {
    doubts.clear();
    boxes.clear();
  }

  void answer(int newLabel, float newConfidence, float newUncertainty) {
    label = newLabel;
    confidence = newConfidence;
    uncertainty = newUncertainty;
  }

  void score(int index, float value) {
    scores[index] = value;
  }

  /** Adds a reason for which the telemetry becomes a retraining candidate. */
  void doubt(SampleReason reason) {
    doubts.add(reason);
  }

  /** Another model that is tried says something else of the record. */
  public void disagree() {
    doubt(SampleReason.DISAGREEMENT);
  }

  /**
   * Index of the answer among the contract's labels; their number stands for {@link
   * ModelContract#NOTHING}.
   */
  public int label() {
    return label;
  }

  /** How sure the model is of the label, 0 to 1. */
  public float confidence() {
    return confidence;
  }

  /** The measure that the contract names, 0 (sure) to 1. */
  public float uncertainty() {
    return uncertainty;
  }

  /** One of the {@link #scoreCount} scores, as a detection carries them. */
  public float score(int index) {
    return scores[index];
  }

  /** As the contract says, whatever was found. */
  public int scoreCount() {
    return scores.length;
  }

  /** The objects that were found, the most confident first. */
  public FoundBoxes boxes() {
    return boxes;
  }

  /** Whether there is any reason why the telemetry becomes a candidate. */
  public boolean isCandidate() {
    return !doubts.isEmpty();
  }

  /** How many such reasons there are. */
  public int doubtCount() {
    return doubts.size();
  }

  /** Whether this is one of the reasons. */
  public boolean isDoubted(SampleReason reason) {
    return doubts.contains(reason);
  }
}
