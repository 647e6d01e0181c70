package dev.skerry.inference.release;

import dev.skerry.schemas.release.InvalidKeyFileException;
import dev.skerry.schemas.release.PublicKeyFile;
import dev.skerry.schemas.release.TrustedKeys;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of trusted keys, looked at again and again while the process runs: a key that comes is
 * trusted from then on, one that goes is not any more. Files that cannot be used, or are all gone,
 * are logged, and the keys of before stay trusted. Used by one thread.
 */
final class KeyFiles {

  private static final Logger log = LoggerFactory.getLogger(KeyFiles.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final List<Path> paths;
  private final TrustedKeys keys;
  private final LongSupplier nanoTime;
  private long lookedNanos;
  private String lastProblem = "";

  /**
   * Files that were read just now.
   *
   * @param paths files and directories of them; empty where nobody signs
   * @param keys what was read of them
   */
  KeyFiles(List<Path> paths, TrustedKeys keys, LongSupplier nanoTime) {
    this.paths = paths;
    this.keys = keys;
    this.nanoTime = nanoTime;
    this.lookedNanos = nanoTime.getAsLong();
  }

  /**
   * Looks, where it is time to; returns whether a key has come: what it signed was refused before.
   */
  boolean haveMore() {
    long nowNanos = nanoTime.getAsLong();
    if (paths.isEmpty() || nowNanos - lookedNanos < LOOK_EVERY.toNanos()) {
      return false;
    }
    lookedNanos = nowNanos;
    try {
      List<PublicKeyFile> read = TrustedKeys.read(paths);
      if (read.isEmpty()) {
        complain("there is no key in " + paths);
        return false;
      }
      lastProblem = "";
      return take(read);
    } catch (InvalidKeyFileException | UncheckedIOException e) {
      complain(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean take(List<PublicKeyFile> read) {
    Set<String> before = keys.ids();
    Set<String> now = read.stream().map(PublicKeyFile::id).collect(Collectors.toSet());
    if (now.equals(before)) {
      return false;
    }
    keys.replace(read);
    List<String> come = now.stream().filter(id -> !before.contains(id)).sorted().toList();
    List<String> gone = before.stream().filter(id -> !now.contains(id)).sorted().toList();
    log.info("Keys of releases: {} trusted from now on, {} not any more", come, gone);
    return !come.isEmpty();
  }

  private void complain(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      log.error(
          "inference.releases.trusted-keys cannot be used any more ({}); the keys of before, {},"
              + " stay trusted",
          problem,
          keys.ids());
    }
  }
}
