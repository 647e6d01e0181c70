package dev.skerry.bench.inference;

import dev.skerry.bench.subject.Subject;

/**
 * One subject's run under a steady load.
 *
 * @param subject who
 * @param load half of its own most, or the same for all
 * @param run which of the interleaved runs, 1 and up
 * @param recordsPerSecond that were due
 * @param records whose answers were awaited
 * @param latencies of them
 */
record LoadFigures(
    Subject subject,
    Load load,
    int run,
    double recordsPerSecond,
    long records,
    Latencies latencies) {

  /** How much is to be done. */
  enum Load {
    /** Half of what the subject itself can do. */
    HALF_OF_OWN("half of its own most"),
    /** Half of what Kafka Streams can do, for every subject. */
    SAME_FOR_ALL("half of Kafka Streams' most");

    private final String description;

    Load(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }
}
