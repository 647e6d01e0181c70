package dev.skerry.local.supervise;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The file to which a part's output goes; the one of the supervisor before is kept beside it. Not
 * thread-safe: used by the thread that supervises the part.
 */
final class PartLog {

  private static final int TAIL_BYTES = 16 << 10;

  /** Stack traces of what else failed meanwhile may stand after what ended it. */
  private static final int LAST_WORDS_BYTES = 256 << 10;

  private final Path file;
  private long run;

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

  /** A new run of the part begins: what it says stands after what is there. */
  void beginRun() {
    run = file.toFile().length();
  }

  /**
   * What the part said of its end in this run: why it cannot go on, or else its last error, with
   * the exception where one follows.
   */
  String lastError() {
    List<String> lines = linesSince(Math.max(run, file.toFile().length() - LAST_WORDS_BYTES));
    int reason = lastWith(" cannot go on: ", lines);
    if (reason >= 0) {
      return ": " + lines.get(reason); // Whatever other threads complained of after it.
    }
    int error = lastWith(" ERROR ", lines);
    return error < 0
        ? ""
        : ": " + String.join(" ", lines.subList(error, Math.min(error + 2, lines.size())));
  }

  private static int lastWith(String words, List<String> lines) {
    int at = lines.size() - 1;
    while (at >= 0 && !lines.get(at).contains(words)) {
      at--;
    }
    return at;
  }

  /** The last lines that were written; empty where there are none. */
  List<String> lastLines(int maxLines) {
    List<String> lines = linesSince(file.toFile().length() - TAIL_BYTES);
    return lines.subList(Math.max(0, lines.size() - maxLines), lines.size());
  }

  private List<String> linesSince(long position) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, position);
      byte[] tail = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
