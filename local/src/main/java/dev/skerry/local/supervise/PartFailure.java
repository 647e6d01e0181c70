package dev.skerry.local.supervise;

import java.nio.file.Path;
import java.util.List;

/**
 * A part that is not started again.
 *
 * @param part its name
 * @param exitCode of its last process
 * @param log where it wrote
 * @param lastLines what it wrote last
 */
public record PartFailure(String part, int exitCode, Path log, List<String> lastLines) {

  private static final int WRONG_CONFIGURATION = 2;

  /**
   * What happened, and what the part said last: one sentence where it was told something that it
   * cannot do.
   */
  public String describe() {
    if (exitCode == WRONG_CONFIGURATION && !lastLines.isEmpty()) {
      return lastLines.get(lastLines.size() - 1);
    }
    return part
        + " gave up with code "
        + exitCode
        + "; the end of "
        + log
        + ":\n  "
        + String.join("\n  ", lastLines);
  }
}
