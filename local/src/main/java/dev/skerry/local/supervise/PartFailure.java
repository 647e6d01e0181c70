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

  /** What happened, and what the part said last. */
  public String describe() {
    return part
        + " gave up with code "
        + exitCode
        + "; the end of "
        + log
        + ":\n  "
        + String.join("\n  ", lastLines);
  }
}
