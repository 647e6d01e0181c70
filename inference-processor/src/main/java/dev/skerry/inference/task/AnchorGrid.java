package dev.skerry.inference.task;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.ModelContract;
import java.nio.FloatBuffer;

/** All that a detector proposes for one frame, with the best class of each anchor. */
final class AnchorGrid {

  private static final int COORDINATES = 4;

  private final int anchors;
  private final int labelCount;
  private final boolean objectness;
  private final boolean logits;
  private final int anchorStride;
  private final int attributeStride;
  private final float[] numbers;
  private final float[] confidences;
  private final int[] labels;
  private float largestConfidence;

  AnchorGrid(ModelContract contract) {
    BoxFormat format = requireNonNull(contract.output().boxes());
    boolean attributesFirst = format.layout() == BoxFormat.Layout.ATTRIBUTES_FIRST;
    this.anchors = format.anchors();
    this.labelCount = contract.labels().size();
    this.objectness = format.objectness();
    this.logits = contract.output().logits();
    this.anchorStride = attributesFirst ? 1 : format.attributes(labelCount);
    this.attributeStride = attributesFirst ? anchors : 1;
    this.numbers = new float[contract.outputElements()];
    this.confidences = new float[anchors];
    this.labels = new int[anchors];
  }

  void read(FloatBuffer output, int offset) {
    output.get(offset, numbers);
    largestConfidence = 0;
    for (int anchor = 0; anchor < anchors; anchor++) {
      readBest(anchor);
      largestConfidence = Math.max(largestConfidence, confidences[anchor]);
    }
  }

  /** The logistic function rises, so the best logit is also the best probability. */
  private void readBest(int anchor) {
    int at = anchor * anchorStride + (COORDINATES + (objectness ? 1 : 0)) * attributeStride;
    int best = 0;
    float bestScore = numbers[at];
    for (int label = 1; label < labelCount; label++) {
      float score = numbers[at + label * attributeStride];
      if (score > bestScore) {
        best = label;
        bestScore = score;
      }
    }
    labels[anchor] = best;
    float confidence = probability(bestScore);
    confidences[anchor] =
        objectness ? confidence * probability(coordinate(anchor, COORDINATES)) : confidence;
  }

  private float probability(float score) {
    return logits ? (float) (1 / (1 + Math.exp(-(double) score))) : score;
  }

  float confidence(int anchor) {
    return confidences[anchor];
  }

  int label(int anchor) {
    return labels[anchor];
  }

  /** One of the four coordinates, as the model gives it. */
  float coordinate(int anchor, int index) {
    return numbers[anchor * anchorStride + index * attributeStride];
  }

  float largestConfidence() {
    return largestConfidence;
  }
}
