package dev.skerry.ingest.replay.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/**
 * Reads a file's index, which stands at its end: the metadata, its length as four bytes, PAR1.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/">File format</a>
 */
final class Footer {

  private static final int MAX_METADATA_BYTES = 64 << 20;
  private static final int TAIL_BYTES = 8;
  private static final int MAGIC_BYTES = 4;
  private static final String MAGIC = "PAR1";
  private static final String MAGIC_ENCRYPTED = "PARE";

  private Footer() {}

  static FileMetaData read(FileChannel file) throws IOException {
    long size = file.size();
    if (size < TAIL_BYTES + MAGIC_BYTES) {
      throw new ParquetFormatException("it is no Parquet file, or was cut off");
    }
    ByteBuffer tail = bytes(file, size - TAIL_BYTES, TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt();
    String magic = US_ASCII.decode(tail).toString();
    if (magic.equals(MAGIC_ENCRYPTED)) {
      throw new ParquetFormatException("it is encrypted");
    }
    if (!magic.equals(MAGIC)) {
      throw new ParquetFormatException("it is no Parquet file, or was cut off");
    }
    if (length < 0 || length > MAX_METADATA_BYTES || length > size - TAIL_BYTES - MAGIC_BYTES) {
      throw new ParquetFormatException("it is damaged: its index has " + length + " bytes");
    }
    byte[] metadata = bytes(file, size - TAIL_BYTES - length, length).array();
    try {
      return Util.readFileMetaData(new ByteArrayInputStream(metadata));
    } catch (IOException | RuntimeException e) {
      throw new ParquetFormatException("it is damaged: its index cannot be read", e);
    }
  }

  private static ByteBuffer bytes(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new ParquetFormatException("it was cut off while it was read");
      }
    }
    return bytes.flip();
  }
}
