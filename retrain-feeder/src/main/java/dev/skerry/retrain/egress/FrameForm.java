package dev.skerry.retrain.egress;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.service.ConfigException;

/**
 * How frames leave a site.
 *
 * @param maxSide the longest side, pixels; 0 for as long as it is
 * @param encoding JPEG or PNG; UNKNOWN for that in which they came
 * @param quality of JPEG, over 0 and up to 1
 */
record FrameForm(int maxSide, FrameEncoding encoding, float quality) {

  FrameForm {
    if (maxSide < 0) {
      throw new ConfigException(
          "select.egress.frame-max-side is " + maxSide + "; give pixels, or 0 for any");
    }
    if (!(quality > 0 && quality <= 1)) {
      throw new ConfigException(
          "select.egress.frame-quality is " + quality + "; give a number over 0 and up to 1");
    }
  }

  static FrameForm of(EgressConfig config) {
    FrameEncoding encoding =
        switch (config.frameEncoding()) {
          case "as-is" -> FrameEncoding.UNKNOWN;
          case "jpeg" -> FrameEncoding.JPEG;
          case "png" -> FrameEncoding.PNG;
          default ->
              throw new ConfigException(
                  "select.egress.frame-encoding is "
                      + config.frameEncoding()
                      + "; give as-is, jpeg or png");
        };
    return new FrameForm(config.frameMaxSide(), encoding, (float) config.frameQuality());
  }

  /** Whether a frame may leave as it is. */
  boolean allows(Frame frame, int width, int height) {
    boolean isSmall = maxSide == 0 || Math.max(width, height) <= maxSide;
    boolean isEncodedSo = encoding == FrameEncoding.UNKNOWN || encoding == frame.getEncoding();
    return isSmall && isEncodedSo;
  }

  /** The encoding in which a frame leaves that is encoded anew. */
  FrameEncoding encodingOf(Frame frame) {
    if (encoding != FrameEncoding.UNKNOWN) {
      return encoding;
    }
    return frame.getEncoding() == FrameEncoding.PNG ? FrameEncoding.PNG : FrameEncoding.JPEG;
  }
}
