package dev.skerry.bench.inference;

import dev.skerry.bench.inference.LoadFigures.Load;
import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.bench.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * The comparison: one broker, and for each workload one topic that every subject reads, run after
 * run in turn, so that what else the machine does meets all of them alike.
 */
public final class Comparison {

  private final Plan plan;
  private final Path directory;
  private final Consumer<String> console;

  /**
   * What to compare.
   *
   * @param workloads one after the other
   * @param subjects in this order; ONNX Runtime alone after the processor, whose batches it takes
   * @param runs how often each subject runs, 1 and up
   * @param warmUpRuns runs of each subject before the first that counts, 0 and up: a broker that
   *     was just started is still being compiled, which takes as much CPU as its work
   * @param records measured in each run; 0 for the workload's own number
   * @param loadSeconds how long answers are timed under a steady load; 0 for not at all
   * @param seed of models and records
   */
  public record Plan(
      List<Workload> workloads,
      List<Subject> subjects,
      int runs,
      int warmUpRuns,
      long records,
      int loadSeconds,
      long seed) {}

  /**
   * A comparison.
   *
   * @param directory for the broker's data and the workers' logs
   * @param console takes a line for each run
   */
  public Comparison(Plan plan, Path directory, Consumer<String> console) {
    this.plan = plan;
    this.directory = directory;
    this.console = console;
  }

  /** Runs everything; throws where an answer is missing, doubled or wrong. */
  List<WorkloadResult> run() throws InterruptedException {
    try (BrokerProcess broker = BrokerProcess.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new BenchTopics(admin, broker.bootstrapServers()).createCatalogue();
      List<WorkloadResult> results = new ArrayList<>();
      int warmUpRuns = plan.warmUpRuns();
      for (Workload workload : plan.workloads()) {
        Stage stage = new Stage(broker, admin, directory, workload, plan.seed());
        results.add(compare(stage, warmUpRuns));
        warmUpRuns = 0; // It is the same broker for all workloads.
      }
      return results;
    }
  }

  private WorkloadResult compare(Stage stage, int warmUpRuns) throws InterruptedException {
    Workload workload = stage.workload();
    long records = plan.records() > 0 ? plan.records() : workload.records();
    List<BacklogFigures> backlog = backlog(stage, records, warmUpRuns);
    return new WorkloadResult(
        workload.id(),
        workload.description(),
        records,
        backlog,
        plan.loadSeconds() > 0 ? load(stage, records, backlog) : List.of());
  }

  private List<BacklogFigures> backlog(Stage stage, long records, int warmUpRuns)
      throws InterruptedException {
    console.accept("%s: writing telemetry".formatted(stage.workload().description()));
    BacklogRun backlog = BacklogRun.prepare(stage, records);
    for (int run = 1; run <= warmUpRuns; run++) {
      warmUp(backlog);
    }
    List<BacklogFigures> figures = new ArrayList<>();
    for (int run = 1; run <= plan.runs(); run++) {
      Map<String, Double> batchSizes = Map.of();
      for (Subject subject : plan.subjects()) {
        BacklogFigures one =
            subject == Subject.ORT
                ? new RuntimeAlone(stage, records).run(run, batchSizes)
                : backlog.run(subject, run, StreamsTuning.FOR_THROUGHPUT);
        batchSizes = one.batchSizes().isEmpty() ? batchSizes : one.batchSizes();
        figures.add(one);
        console.accept(describe(one));
      }
    }
    return List.copyOf(figures);
  }

  private void warmUp(BacklogRun backlog) throws InterruptedException {
    for (Subject subject : plan.subjects()) {
      if (subject != Subject.ORT) {
        BacklogFigures unused = backlog.run(subject, 0, StreamsTuning.FOR_THROUGHPUT);
        console.accept("warm-up" + describe(unused));
      }
    }
  }

  private List<LoadFigures> load(Stage stage, long records, List<BacklogFigures> backlog)
      throws InterruptedException {
    LoadRun load = new LoadRun(stage, plan.loadSeconds(), records / 5);
    double streams = Summary.of(backlog, Subject.STREAMS, BacklogFigures::recordsPerSecond);
    List<LoadFigures> figures = new ArrayList<>();
    for (int run = 1; run <= plan.runs(); run++) {
      for (Subject subject : plan.subjects()) {
        double own = Summary.of(backlog, subject, BacklogFigures::recordsPerSecond);
        if (subject.isTimedUnderLoad()) {
          figures.add(
              said(load.run(subject, Load.HALF_OF_OWN, run, own / 2, StreamsTuning.FOR_LATENCY)));
        }
        // For Kafka Streams itself the two loads are the same.
        if (subject.isTimedUnderLoad() && subject != Subject.STREAMS && !Double.isNaN(streams)) {
          figures.add(
              said(
                  load.run(
                      subject, Load.SAME_FOR_ALL, run, streams / 2, StreamsTuning.FOR_LATENCY)));
        }
      }
    }
    return List.copyOf(figures);
  }

  private LoadFigures said(LoadFigures figures) {
    console.accept(
        String.format(
            Locale.ROOT,
            "  run %d  %-24s at %,9.0f records/s  p50 %.1f ms  p99 %.1f ms  p999 %.1f ms",
            figures.run(),
            figures.subject().description(),
            figures.recordsPerSecond(),
            figures.latencies().p50(),
            figures.latencies().p99(),
            figures.latencies().p999()));
    return figures;
  }

  private static String describe(BacklogFigures figures) {
    return String.format(
        Locale.ROOT,
        "  run %d  %-24s %,9.0f records/s  %6.2f µs CPU/record (broker %.2f)  %s",
        figures.run(),
        figures.subject().description(),
        figures.recordsPerSecond(),
        figures.cpuMicrosPerRecord(),
        figures.brokerCpuMicrosPerRecord(),
        figures.batchSizes().isEmpty() ? "" : "batch " + figures.batchSizes());
  }
}
