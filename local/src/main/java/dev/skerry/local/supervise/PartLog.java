package dev.skerry.local.supervise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file to which a part's output goes; the one of the run before is kept beside it. */
final class PartLog {

  private static final int TAIL_BYTES = 16 << 10;

  private final Path file;

  private PartLog(Path file) {
    this.file = file;
  }

  static PartLog begin(Path dir, String part) {
    Path file = dir.resolve(part + ".log");
    try {
      Files.createDirectories(dir);
      if (Files.exists(file)) {
        Files.move(file, dir.resolve(part + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PartLog(file);
  }

  Path file() {
    return file;
  }

  /** What the part said of its end: its last error, with the exception where one follows. */
  String lastError() {
    List<String> lines = lastLines(Integer.MAX_VALUE);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).contains(" ERROR ")) {
        boolean followed = i + 1 < lines.size();
        return ": " + lines.get(i) + (followed ? " " + lines.get(i + 1) : "");
      }
    }
    return "";
  }

  /** The last lines that were written; empty where there are none. */
  List<String> lastLines(int maxLines) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, log.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(tail);
      List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - maxLines), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
