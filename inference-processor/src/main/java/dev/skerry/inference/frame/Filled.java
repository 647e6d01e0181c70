package dev.skerry.inference.frame;

/** What became of a frame: a row of a model's input, or the reason why not. */
public sealed interface Filled permits Filled.Row, Unusable {

  /**
   * The row is filled.
   *
   * @param width pixels of the frame as it was decoded, whatever its record says
   * @param height pixels of the frame as it was decoded, whatever its record says
   */
  record Row(int width, int height) implements Filled {}
}
