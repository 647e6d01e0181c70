package dev.skerry.inference.task;

/**
 * Objects found in a frame, the most confident first, in columns that are used again for each
 * frame. Not thread-safe.
 */
public final class FoundBoxes {

  private final int[] labels;
  private final float[] confidences;
  private final float[] lefts;
  private final float[] tops;
  private final float[] widths;
  private final float[] heights;
  private int size;

  FoundBoxes(int capacity) {
    this.labels = new int[capacity];
    this.confidences = new float[capacity];
    this.lefts = new float[capacity];
    this.tops = new float[capacity];
    this.widths = new float[capacity];
    this.heights = new float[capacity];
  }

  void clear() {
    size = 0;
  }

  void add(int label, float confidence, float left, float top, float right, float bottom) {
    labels[size] = label;
    confidences[size] = confidence;
    lefts[size] = left;
    tops[size] = top;
    widths[size] = right - left;
    heights[size] = bottom - top;
    size++;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Index of its class among the contract's labels. */
  public int label(int index) {
    return labels[index];
  }

  /** 0 to 1. */
  public float confidence(int index) {
    return confidences[index];
  }

  /** Left edge, as a share of the frame's width, 0 to 1. */
  public float x(int index) {
    return lefts[index];
  }

  /** Upper edge, as a share of the frame's height, 0 to 1. */
  public float y(int index) {
    return tops[index];
  }

  /** As a share of the frame's width, 0 to 1. */
  public float width(int index) {
    return widths[index];
  }

  /** As a share of the frame's height, 0 to 1. */
  public float height(int index) {
    return heights[index];
  }
}
