package dev.skerry.warehouse.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file to be written. */
record LocalOutputFile(String location, Path path) implements OutputFile {

  @Override
  public PositionOutputStream create() {
    return open(StandardOpenOption.CREATE_NEW);
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return open(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private PositionOutputStream open(OpenOption... how) {
    OpenOption[] options = java.util.Arrays.copyOf(how, how.length + 1);
    options[how.length] = StandardOpenOption.WRITE;
    try {
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      return new ChannelStream(FileChannel.open(path, options));
    } catch (FileAlreadyExistsException e) {
      throw new AlreadyExistsException(e, "There is a file %s already", path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputFile toInputFile() {
    return new LocalInputFile(location, path);
  }

  /** Gathers small writes, and forces all of them to the disk when it is closed. */
  private static final class ChannelStream extends PositionOutputStream {

    private final FileChannel channel;
    private final ByteBuffer gathered = ByteBuffer.allocate(64 << 10);
    private long position;

    ChannelStream(FileChannel channel) {
      this.channel = channel;
    }

    /** Also when it is closed: Iceberg asks then how long the file is. */
    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      if (!gathered.hasRemaining()) {
        flush();
      }
      gathered.put((byte) value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > gathered.remaining()) {
        flush();
      }
      if (length > gathered.capacity()) {
        writeAll(ByteBuffer.wrap(bytes, offset, length));
      } else {
        gathered.put(bytes, offset, length);
      }
      position += length;
    }

    @Override
    public void flush() throws IOException {
      writeAll(gathered.flip());
      gathered.clear();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        try (channel) {
          flush();
          channel.force(true);
        }
      }
    }
  }
}
