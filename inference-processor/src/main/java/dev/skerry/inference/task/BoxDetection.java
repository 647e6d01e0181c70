package dev.skerry.inference.task;

import static java.util.Objects.requireNonNull;

import dev.skerry.schemas.SampleReason;
import dev.skerry.schemas.model.BoxFormat;
import dev.skerry.schemas.model.FrameFit;
import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.ModelContract;
import java.util.Arrays;

/**
 * The objects in a frame: of all boxes that are confident enough, those that no more confident one
 * of the same class overlaps (greedy non-maximum suppression). The label is that of the most
 * confident one, the doubt that of the least confident one. Where nothing is found, the doubt is
 * the confidence of the best box that was not confident enough.
 */
final class BoxDetection implements Interpretation {

  private final AnchorGrid anchors;
  private final BoxFormat format;
  private final FrameInput input;
  private final int labelCount;
  private final float threshold;
  private final float leastConfidence;

  /** Anchors above the threshold: the confidence's bits, then the anchor, to be sorted. */
  private final long[] candidates;

  private final float[] corners = new float[4];
  private final float[] keptCorners;
  private final int[] keptLabels;

  BoxDetection(ModelContract contract) {
    this.format = requireNonNull(contract.output().boxes());
    this.input = (FrameInput) contract.input();
    this.labelCount = contract.labels().size();
    this.anchors = new AnchorGrid(contract);
    this.threshold = requireNonNull(contract.thresholds().detection());
    this.leastConfidence = contract.thresholds().lowConfidence();
    this.candidates = new long[format.anchors()];
    this.keptCorners = new float[format.maxBoxes() * corners.length];
    this.keptLabels = new int[format.maxBoxes()];
  }

  @Override
  public void read(ModelRow row, Verdict verdict) {
    verdict.begin();
    anchors.read(row.output(), row.outputOffset());
    for (int label = 0; label < labelCount; label++) {
      verdict.score(label, 0);
    }
    suppress(sortCandidates(), row.fit(), verdict);
    judge(verdict);
  }

  private int sortCandidates() {
    int count = 0;
    for (int anchor = 0; anchor < format.anchors(); anchor++) {
      float confidence = anchors.confidence(anchor);
      if (confidence >= threshold) {
        // Of two equal ones the first comes first, as everywhere else.
        int order = Integer.MAX_VALUE - anchor;
        candidates[count++] = (long) Float.floatToIntBits(confidence) << Integer.SIZE | order;
      }
    }
    Arrays.sort(candidates, 0, count);
    return count;
  }

  private void suppress(int count, FrameFit fit, Verdict verdict) {
    int kept = 0;
    for (int i = count - 1; i >= 0 && kept < format.maxBoxes(); i--) {
      int anchor = Integer.MAX_VALUE - (int) candidates[i];
      int label = anchors.label(anchor);
      readCorners(anchor);
      if (!overlapsKept(label, kept)) {
        System.arraycopy(corners, 0, keptCorners, kept * corners.length, corners.length);
        keptLabels[kept++] = label;
        add(label, anchors.confidence(anchor), fit, verdict);
      }
    }
  }

  /** Left, upper, right and lower edge in pixels of the input. */
  private void readCorners(int anchor) {
    boolean shares = format.coordinates() == BoxFormat.Coordinates.SHARES;
    float scaleX = shares ? input.width() : 1;
    float scaleY = shares ? input.height() : 1;
    float a = anchors.coordinate(anchor, 0) * scaleX;
    float b = anchors.coordinate(anchor, 1) * scaleY;
    float c = anchors.coordinate(anchor, 2) * scaleX;
    float d = anchors.coordinate(anchor, 3) * scaleY;
    boolean centred = format.format() == BoxFormat.Format.CXCYWH;
    corners[0] = centred ? a - c / 2 : a;
    corners[1] = centred ? b - d / 2 : b;
    corners[2] = centred ? a + c / 2 : c;
    corners[3] = centred ? b + d / 2 : d;
  }

  private boolean overlapsKept(int label, int kept) {
    for (int i = 0; i < kept; i++) {
      boolean compared = format.acrossLabels() || keptLabels[i] == label;
      if (compared && intersectionOverUnion(i * corners.length) > format.nmsIou()) {
        return true;
      }
    }
    return false;
  }

  private float intersectionOverUnion(int other) {
    float width =
        Math.min(corners[2], keptCorners[other + 2]) - Math.max(corners[0], keptCorners[other]);
    float height =
        Math.min(corners[3], keptCorners[other + 3]) - Math.max(corners[1], keptCorners[other + 1]);
    float intersection = Math.max(0, width) * Math.max(0, height);
    float union = area(corners, 0) + area(keptCorners, other) - intersection;
    return union > 0 ? intersection / union : 0;
  }

  private static float area(float[] edges, int at) {
    return Math.max(0, edges[at + 2] - edges[at]) * Math.max(0, edges[at + 3] - edges[at + 1]);
  }

  /** Adds the part of the box that is in the frame, if there is one. */
  private void add(int label, float confidence, FrameFit fit, Verdict verdict) {
    float left = fit.shareOfWidth(corners[0]);
    float top = fit.shareOfHeight(corners[1]);
    float right = fit.shareOfWidth(corners[2]);
    float bottom = fit.shareOfHeight(corners[3]);
    if (right > left && bottom > top) {
      verdict.boxes().add(label, confidence, left, top, right, bottom);
      verdict.score(label, Math.max(verdict.score(label), confidence));
    }
  }

  private void judge(Verdict verdict) {
    FoundBoxes boxes = verdict.boxes();
    float leastSure;
    if (boxes.size() == 0) {
      leastSure = 1 - Math.min(1, anchors.largestConfidence());
      verdict.answer(labelCount, leastSure, 1 - leastSure);
    } else {
      leastSure = boxes.confidence(boxes.size() - 1);
      verdict.answer(boxes.label(0), boxes.confidence(0), 1 - leastSure);
    }
    if (leastSure < leastConfidence) {
      verdict.doubt(SampleReason.LOW_CONFIDENCE);
    }
  }
}
