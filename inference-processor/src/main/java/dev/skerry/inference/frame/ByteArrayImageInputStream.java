package dev.skerry.inference.frame;

import javax.imageio.stream.ImageInputStreamImpl;

/** A part of an array, read where it lies. Not thread-safe. */
final class ByteArrayImageInputStream extends ImageInputStreamImpl {

  private final byte[] bytes;
  private final int offset;
  private final int length;

  ByteArrayImageInputStream(EncodedImage image) {
    this.bytes = image.bytes();
    this.offset = image.offset();
    this.length = image.length();
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < length ? bytes[offset + (int) streamPos++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int targetOffset, int atMost) {
    bitOffset = 0;
    if (streamPos >= length) {
      return -1;
    }
    int count = Math.min(atMost, length - (int) streamPos);
    System.arraycopy(bytes, offset + (int) streamPos, target, targetOffset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return length;
  }
}
