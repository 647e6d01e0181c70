package dev.skerry.inference.release;

import dev.skerry.schemas.ModelStep;
import java.util.Map;

/** How the one process that decides makes a decision known. */
interface Decisions {

  /**
   * Writes a decision.
   *
   * @param version that it is about
   * @param reason for people, in one sentence
   * @param after what holds from now on
   * @param figures that decided it, by name
   */
  void write(
      StreamReleases stream,
      ModelStep step,
      String version,
      String reason,
      ModelState after,
      Map<String, Double> figures);
}
