package dev.skerry.bench.inference;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.ArrivalTimes;
import dev.skerry.bench.traffic.GroupProgress;
import dev.skerry.bench.traffic.TelemetryFeed;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;

/**
 * A worker under a steady load: how long after it was due an answer is seen. Records are due evenly
 * in time, whether or not the worker keeps up. The first part warms the worker up: a burst for its
 * compiler, then the load itself for some seconds.
 */
final class LoadRun {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SETTLE_SECONDS = 4;

  private final Stage stage;
  private final int seconds;
  private final int burst;

  /**
   * Loads of a workload.
   *
   * @param seconds how long answers are timed
   * @param burst records before that, as fast as they go, for the compiler
   */
  LoadRun(Stage stage, int seconds, long burst) {
    this.stage = stage;
    this.seconds = seconds;
    this.burst = Math.toIntExact(burst);
  }

  LoadFigures run(
      Subject subject,
      LoadFigures.Load load,
      int number,
      double recordsPerSecond,
      StreamsTuning streams)
      throws InterruptedException {
    int timedFrom = burst + (int) (SETTLE_SECONDS * recordsPerSecond);
    int total = timedFrom + (int) (seconds * recordsPerSecond);
    String topic =
        "load-%s-%s-%s-%d-%d"
            .formatted(stage.workload().id(), subject.id(), load, number, System.nanoTime());
    stage.topics().createTelemetry(topic);
    Subject.Place place = stage.place(subject, topic, streams);
    try (TelemetryFeed feed = new TelemetryFeed(stage.bootstrapServers(), stage.pool(), topic, 0);
        ArrivalTimes arrivals =
            new ArrivalTimes(
                stage.bootstrapServers(), stage.topics().ends(Topics.DETECTIONS), total);
        ChildJvm worker = subject.start(place)) {
      new Thread(arrivals, "arrivals").start();
      feed.write(0, burst);
      new GroupProgress(stage.admin(), place.group(), worker).await(burst, PATIENCE);
      long startNanos = System.nanoTime();
      feed.pace(burst, total, startNanos, recordsPerSecond);
      boolean all = arrivals.await(PATIENCE);
      if (!all || arrivals.doubled() > 0) {
        throw new IllegalStateException(
            "%s left %d of %d records without an answer and doubled %d"
                .formatted(subject.description(), arrivals.missing(), total, arrivals.doubled()));
      }
      worker.terminate();
      long[] nanos = new long[total - timedFrom];
      for (int i = 0; i < nanos.length; i++) {
        int index = timedFrom + i;
        long dueNanos = startNanos + (long) ((index - burst) / recordsPerSecond * 1e9);
        nanos[i] = arrivals.seenAtNanos(index) - dueNanos;
      }
      return new LoadFigures(
          subject, load, number, recordsPerSecond, nanos.length, Latencies.of(nanos));
    } finally {
      stage.topics().delete(topic);
      stage.topics().empty(Topics.DETECTIONS);
    }
  }
}
