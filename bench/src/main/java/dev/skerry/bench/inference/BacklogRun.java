package dev.skerry.bench.inference;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.AnswerCheck;
import dev.skerry.bench.traffic.GroupProgress;
import dev.skerry.bench.traffic.TelemetryFeed;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A worker before a topic that is full: how fast it gets through, and what a record costs its
 * process. The first half of the topic is warm-up, in which the JVM's compiler takes as much CPU as
 * the worker, and the last part, in which partitions run dry one by one, is not measured either.
 * All answers are then checked and deleted.
 */
final class BacklogRun {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Stage stage;
  private final String topic;
  private final long warmUp;
  private final long measured;
  private final long total;

  private BacklogRun(Stage stage, String topic, long records) {
    this.stage = stage;
    this.topic = topic;
    this.warmUp = records;
    this.measured = records;
    this.total = warmUp + measured + records / 20;
  }

  /** Fills a topic that all runs of a workload read. */
  static BacklogRun prepare(Stage stage, long records) throws InterruptedException {
    String topic = "telemetry-" + stage.workload().id();
    stage.topics().createTelemetry(topic);
    BacklogRun run = new BacklogRun(stage, topic, records);
    try (TelemetryFeed feed =
        new TelemetryFeed(stage.bootstrapServers(), stage.pool(), topic, 20)) {
      feed.write(0, run.total);
    }
    return run;
  }

  BacklogFigures run(Subject subject, int number, StreamsTuning streams)
      throws InterruptedException {
    Map<TopicPartition, Long> before = stage.topics().ends(Topics.DETECTIONS);
    Subject.Place place = stage.place(subject, topic, streams);
    try (ChildJvm worker = subject.start(place)) {
      GroupProgress progress = new GroupProgress(stage.admin(), place.group(), worker);
      Span span = Span.measure(worker, stage::brokerCpu, progress, warmUp, warmUp + measured);
      progress.await(total, PATIENCE);
      long peakBytes = worker.memory().peakBytes();
      Map<String, Double> batchSizes =
          subject == Subject.SKERRY ? BatchSizes.read(place.httpPort()) : Map.of();
      worker.terminate();
      BacklogFigures figures =
          new BacklogFigures(
              subject,
              number,
              span.recordsPerSecond(),
              span.cpuMicrosPerRecord(),
              span.brokerCpuMicrosPerRecord(),
              peakBytes >> 20,
              batchSizes,
              check(subject, before));
      stage.topics().empty(Topics.DETECTIONS);
      return figures;
    }
  }

  private AnswerCheck.Report check(Subject subject, Map<TopicPartition, Long> before) {
    AnswerCheck.Report report =
        subject == Subject.COPY
            ? AnswerCheck.copies(stage.bootstrapServers(), before, total)
            : AnswerCheck.detections(stage.bootstrapServers(), before, total, stage.expected());
    if (!report.holds() || report.answers() != total) {
      throw new IllegalStateException(
          "%s did not answer %d records as it should: %s"
              .formatted(subject.description(), total, report));
    }
    return report;
  }

  long measured() {
    return measured;
  }
}
