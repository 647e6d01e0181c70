package dev.skerry.warehouse.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A file to be read. */
record LocalInputFile(String location, Path path) implements InputFile {

  @Override
  public long getLength() {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      throw new NotFoundException(e, "There is no file %s", path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SeekableInputStream newStream() {
    try {
      return new ChannelStream(Files.newByteChannel(path));
    } catch (NoSuchFileException e) {
      throw new NotFoundException(e, "There is no file %s", path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists() {
    return Files.exists(path);
  }

  /** Reads ahead a little: Avro asks for a few bytes at a time. */
  private static final class ChannelStream extends SeekableInputStream {

    private static final int AHEAD_BYTES = 64 << 10;

    private final SeekableByteChannel channel;
    private final ByteBuffer ahead = ByteBuffer.allocate(AHEAD_BYTES).limit(0);

    ChannelStream(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public long getPos() throws IOException {
      return channel.position() - ahead.remaining();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
      ahead.limit(0);
    }

    @Override
    public int read() throws IOException {
      return fill() ? ahead.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!ahead.hasRemaining() && length >= AHEAD_BYTES) {
        return channel.read(ByteBuffer.wrap(target, offset, length));
      }
      if (!fill()) {
        return -1;
      }
      int read = Math.min(length, ahead.remaining());
      ahead.get(target, offset, read);
      return read;
    }

    private boolean fill() throws IOException {
      if (ahead.hasRemaining()) {
        return true;
      }
      ahead.clear();
      int read = channel.read(ahead);
      ahead.flip();
      return read > 0;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
