package dev.skerry.bench.inference;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.traffic.GroupProgress;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a worker did between two offsets, its warm-up left out.
 *
 * @param records committed in it
 * @param wallNanos how long that took
 * @param cpuNanos user and system time of the worker's process alone
 * @param brokerCpuNanos that of the broker's process, whoever it was busy for
 */
record Span(long records, long wallNanos, long cpuNanos, long brokerCpuNanos) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Measures from the first record that is not warm-up to a record before the end. */
  static Span measure(
      ChildJvm worker, Supplier<Duration> broker, GroupProgress progress, long from, long to)
      throws InterruptedException {
    long startRecords = progress.await(from, PATIENCE);
    Duration startCpu = worker.cpu();
    Duration startBrokerCpu = broker.get();
    long startNanos = System.nanoTime();
    long endRecords = progress.await(to, PATIENCE);
    Duration endCpu = worker.cpu();
    Duration endBrokerCpu = broker.get();
    long endNanos = System.nanoTime();
    if (endRecords == startRecords) {
      throw new IllegalStateException(
          "A worker committed all that was to be measured at once: give more --records");
    }
    return new Span(
        endRecords - startRecords,
        endNanos - startNanos,
        endCpu.minus(startCpu).toNanos(),
        endBrokerCpu.minus(startBrokerCpu).toNanos());
  }

  double recordsPerSecond() {
    return records / (wallNanos / 1e9);
  }

  double cpuMicrosPerRecord() {
    return cpuNanos / 1e3 / records;
  }

  double brokerCpuMicrosPerRecord() {
    return brokerCpuNanos / 1e3 / records;
  }
}
