package dev.skerry.inference.release;

import dev.skerry.schemas.release.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** A file whose chunks come in any order, and some of them more than once. Used by one thread. */
final class IncomingFile implements AutoCloseable {

  private final Manifest manifest;
  private final byte[] manifestRecord;
  private final FileChannel channel;
  private final BitSet chunks = new BitSet();

  IncomingFile(Manifest manifest, byte[] manifestRecord, Path file) {
    this.manifest = manifest;
    this.manifestRecord = manifestRecord;
    try {
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be written", e);
    }
  }

  Manifest manifest() {
    return manifest;
  }

  /** The record of the manifest, as it is kept beside the file. */
  byte[] manifestRecord() {
    return manifestRecord;
  }

  /** Writes a chunk; one that is not as the manifest says is passed over. */
  void write(int number, ByteBuffer data) {
    if (number < 1 || number > manifest.chunks() || data.remaining() != manifest.length(number)) {
      return;
    }
    ByteBuffer rest = data.duplicate();
    long at = manifest.offset(number);
    try {
      while (rest.hasRemaining()) {
        at += channel.write(rest, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A chunk of " + manifest.release() + " cannot be kept", e);
    }
    chunks.set(number);
  }

  boolean isWhole() {
    return chunks.cardinality() == manifest.chunks();
  }

  @Override
  public void close() {
    try (FileChannel closing = channel) {
      closing.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("The file of " + manifest.release() + " cannot be kept", e);
    }
  }
}
