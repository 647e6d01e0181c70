package dev.skerry.inference.frame;

import dev.skerry.schemas.model.FrameInput;
import dev.skerry.schemas.model.GoldenSample;
import java.nio.ByteBuffer;

/**
 * Fills rows of one model's input from encoded images: looks at their structure, decodes, resizes
 * and normalises them as the contract says. Bytes that are no image give a reason, never an
 * exception. Not thread-safe: one per worker and model.
 */
public final class FrameFiller {

  /** A limit that suits cameras: 50 MB once decoded. */
  public static final long DEFAULT_MAX_PIXELS = 1L << 24;

  private static final int RGB = 3;

  private final FrameInput input;
  private final ImageSurvey survey;
  private final ImageDecoder decoder = new ImageDecoder();
  private final FramePlacing placing;

  /**
   * A filler for one model.
   *
   * @param maxPixelsInclusive the most pixels that an image may declare, 1 and up
   */
  public FrameFiller(FrameInput input, long maxPixelsInclusive) {
    this.input = input;
    this.survey = new ImageSurvey(maxPixelsInclusive);
    this.placing = new FramePlacing(input);
  }

  /**
   * Fills one row; where the frame is unusable, nothing is written.
   *
   * @param bytes where the image lies
   * @param offset its first byte
   * @param length how many bytes it has
   * @param target the batch's direct buffer
   * @param targetOffset the row's first byte there
   */
  public Filled fill(byte[] bytes, int offset, int length, ByteBuffer target, int targetOffset) {
    Surveyed surveyed = survey.of(bytes, offset, length);
    if (surveyed instanceof Unusable unusable) {
      return unusable;
    }
    DecodedImage decoded = decoder.decode((EncodedImage) surveyed);
    if (decoded instanceof Unusable unusable) {
      return unusable;
    }
    Pixels pixels = (Pixels) decoded;
    placing.write(pixels, target, targetOffset);
    return new Filled.Row(pixels.width(), pixels.height());
  }

  /** Fills one row with the frame that a golden sample's pattern stands for. */
  public void fillPattern(int pattern, ByteBuffer target, int targetOffset) {
    byte[] rgb = new byte[input.width() * input.height() * RGB];
    int to = 0;
    for (int y = 0; y < input.height(); y++) {
      for (int x = 0; x < input.width(); x++) {
        for (int colour = 0; colour < RGB; colour++) {
          rgb[to++] = (byte) GoldenSample.patternByte(pattern, x, y, colour);
        }
      }
    }
    placing.write(Pixels.interleaved(input.width(), input.height(), rgb), target, targetOffset);
  }
}
