package dev.skerry.inference.batch;

import dev.skerry.inference.frame.FrameFiller;

/**
 * What holds for models that take frames.
 *
 * @param maxRowsInclusive the most frames that are scored together, 1 and up
 * @param maxPixelsInclusive the most pixels that a frame may declare, 1 and up
 */
public record FrameRules(int maxRowsInclusive, long maxPixelsInclusive) {

  /** For cameras. */
  public static final FrameRules DEFAULT = new FrameRules(16, FrameFiller.DEFAULT_MAX_PIXELS);
}
