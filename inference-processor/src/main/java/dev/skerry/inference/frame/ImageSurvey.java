package dev.skerry.inference.frame;

import static dev.skerry.schemas.DeadLetterReason.INVALID;

/** Looks at the structure of an image that nobody vouches for. Thread-safe; never throws. */
final class ImageSurvey {

  private final long maxPixelsInclusive;

  /**
   * A survey with a limit.
   *
   * @param maxPixelsInclusive larger images are refused: they cost memory by what they declare
   */
  ImageSurvey(long maxPixelsInclusive) {
    this.maxPixelsInclusive = maxPixelsInclusive;
  }

  Surveyed of(byte[] bytes, int offset, int length) {
    Surveyed surveyed = structure(bytes, offset, length);
    if (surveyed instanceof EncodedImage image && image.pixels() > maxPixelsInclusive) {
      return new Unusable(
          INVALID,
          "The frame declares %d x %d pixels; at most %d are admitted."
              .formatted(image.width(), image.height(), maxPixelsInclusive));
    }
    return surveyed;
  }

  private static Surveyed structure(byte[] bytes, int offset, int length) {
    int end = offset + length;
    if (JpegStructure.begins(bytes, offset, end)) {
      return new JpegStructure(bytes, offset, end).survey();
    }
    if (PngStructure.begins(bytes, offset, end)) {
      return new PngStructure(bytes, offset, end).survey();
    }
    return Unusable.undecodable("The frame begins neither as a JPEG nor as a PNG.");
  }
}
