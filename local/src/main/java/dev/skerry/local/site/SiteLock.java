package dev.skerry.local.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held while a site is up: one site at a time on a data directory. It ends with the process. */
final class SiteLock implements AutoCloseable {

  private final FileChannel channel;

  private SiteLock(FileChannel channel) {
    this.channel = channel;
  }

  static SiteLock acquire(SiteFiles files) {
    files.create();
    SiteLock lock = tryAcquire(files);
    if (lock == null) {
      throw new SiteRefusedException(
          "A site is up in "
              + files.root()
              + " already: stop it with ./skerry down, or choose another directory with --data");
    }
    return lock;
  }

  static @Nullable SiteLock tryAcquire(SiteFiles files) {
    try {
      FileChannel channel =
          FileChannel.open(files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        return new SiteLock(channel);
      }
      channel.close();
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // Held by this very process.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
