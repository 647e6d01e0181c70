package dev.skerry.inference.frame;

/**
 * An image whose structure is whole, without what decoding its pixels does not need: colour
 * profiles, texts and previews only cost time, and some are bombs.
 *
 * @param format how it is encoded
 * @param width pixels, 1 and up
 * @param height pixels, 1 and up
 * @param bytes where it lies
 * @param offset its first byte
 * @param length its number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record EncodedImage(Format format, int width, int height, byte[] bytes, int offset, int length)
    implements Surveyed {

  /** Encodings that are read; the name is that of the reader. */
  enum Format {
    JPEG,
    PNG
  }

  long pixels() {
    return (long) width * height;
  }
}
