package dev.skerry.ingest.simulate;

import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.util.Iterator;

/** Simulated devices as a sequence of telemetry, ordered by time, each once per interval. */
public interface Fleet extends Iterable<Telemetry> {

  /** Between two records of a device. */
  Duration interval();

  /**
   * The fleet from a round on, with the times and sequences that it would have had anyway.
   *
   * @param round how many records of each device are left out, 0 and up
   */
  Iterator<Telemetry> from(long round);
}
