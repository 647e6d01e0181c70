package dev.skerry.ingest.replay;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file: unpacked where it begins as gzip does, decoded strictly, without a byte order
 * mark. Not thread-safe.
 */
final class TextInput implements AutoCloseable {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int BUFFER_CHARS = 1 << 15;
  private static final int BUFFER_BYTES = 1 << 13;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final Input input;
  private final Counting bytes;
  private final BufferedReader reader;

  private TextInput(Input input, Counting bytes, BufferedReader reader) {
    this.input = input;
    this.bytes = bytes;
    this.reader = reader;
  }

  /** Throws {@link InputException} where it cannot be read. */
  static TextInput open(Input input, Charset charset) {
    @Nullable Counting bytes = null;
    try {
      bytes = new Counting(input.open());
      return new TextInput(input, bytes, decoded(unpacked(bytes), charset));
    } catch (IOException e) {
      InputException unreadable = unreadable(input, 1, e);
      closeAfter(unreadable, bytes);
      throw unreadable;
    }
  }

  BufferedReader reader() {
    return reader;
  }

  /** How much of the file was read, in bytes as they are in it. */
  long bytesRead() {
    return bytes.count;
  }

  /** What to say of text that cannot be read. */
  InputException unreadable(long line, Exception e) {
    return unreadable(input, line, e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new InputException(input + " cannot be closed: " + e.getMessage(), e);
    }
  }

  private static InputStream unpacked(InputStream bytes) throws IOException {
    PushbackInputStream head = new PushbackInputStream(bytes, 2);
    byte[] magic = head.readNBytes(2);
    head.unread(magic);
    boolean packed =
        magic.length == 2 && (magic[0] & 0xFF) == GZIP_FIRST && (magic[1] & 0xFF) == GZIP_SECOND;
    return packed ? new GZIPInputStream(head, BUFFER_BYTES) : head;
  }

  private static BufferedReader decoded(InputStream bytes, Charset charset) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                bytes,
                charset
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            BUFFER_CHARS);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static InputException unreadable(Input input, long line, Exception e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    if (reason instanceof CharacterCodingException) {
      return new InputException(
          input + " is no text in the expected encoding; name it with --charset, or is it no text?",
          e);
    }
    if (reason instanceof ZipException || reason instanceof java.io.EOFException) {
      return new InputException(
          input + " is compressed and damaged or cut off (near line " + line + ")", e);
    }
    return new InputException(
        input + " cannot be read (near line " + line + "): " + reason.getMessage(), e);
  }

  private static void closeAfter(InputException reason, @Nullable InputStream bytes) {
    try {
      if (bytes != null) {
        bytes.close();
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /** Counts what goes through. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
