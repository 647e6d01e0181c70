package dev.skerry.ingest.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Standard input, which can be read only once: what the checks before the replay read is kept for
 * those that follow. One is open at a time. Not thread-safe.
 */
final class StandardInput implements Input {

  /** What stands for it on the command line. */
  static final String NAME = "-";

  /** More than the rows that are looked at beforehand ever have. */
  private static final int MAX_KEPT_BYTES = 16 << 20;

  private final InputStream in;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean keeps = true;
  private Optional<Path> copy = Optional.empty();

  StandardInput(InputStream in) {
    this.in = in;
  }

  @Override
  public InputStream open() {
    return new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), new Rest());
  }

  @Override
  public long sizeBytes() throws IOException {
    return copy.isPresent() ? Files.size(copy.get()) : 0;
  }

  /** Waits for its end: a copy that is deleted when the process ends. */
  @Override
  public Path onDisk() throws IOException {
    if (copy.isEmpty()) {
      Path file = Files.createTempFile("skerry-stdin-", "");
      file.toFile().deleteOnExit();
      keeps = false;
      try (InputStream all = open()) {
        Files.copy(all, file, StandardCopyOption.REPLACE_EXISTING);
      }
      copy = Optional.of(file);
    }
    return copy.get();
  }

  @Override
  public String fileName() {
    return "stdin";
  }

  @Override
  public String folderName() {
    return "";
  }

  @Override
  public void checked() {
    keeps = false;
  }

  @Override
  public String toString() {
    return "standard input";
  }

  /** What nobody has read yet. Closing it leaves standard input open. */
  private final class Rest extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      if (read > 0 && keeps) {
        kept.write(target, offset, read);
        if (kept.size() > MAX_KEPT_BYTES) {
          throw new IOException("its first " + MAX_KEPT_BYTES + " bytes hold no row to begin with");
        }
      }
      return read;
    }
  }
}
