package dev.skerry.bench.inference;

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
   * @param subjects in this order
   * @param runs how often each subject runs, 1 and up
   * @param records measured in each run; 0 for the workload's own number
   * @param seed of models and records
   */
  public record Plan(
      List<Workload> workloads, List<Subject> subjects, int runs, long records, long seed) {}

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
      for (Workload workload : plan.workloads()) {
        Stage stage = new Stage(broker, admin, directory, workload, plan.seed());
        results.add(compare(stage));
      }
      return results;
    }
  }

  private WorkloadResult compare(Stage stage) throws InterruptedException {
    Workload workload = stage.workload();
    long records = plan.records() > 0 ? plan.records() : workload.records();
    console.accept("%s: writing telemetry".formatted(workload.description()));
    BacklogRun backlog = BacklogRun.prepare(stage, records);
    List<BacklogFigures> figures = new ArrayList<>();
    for (int run = 1; run <= plan.runs(); run++) {
      Map<String, Double> batchSizes = Map.of();
      for (Subject subject : plan.subjects()) {
        BacklogFigures one =
            subject == Subject.ORT
                ? new RuntimeAlone(stage, records).run(run, batchSizes)
                : backlog.run(subject, run, StreamsTuning.BEST);
        batchSizes = one.batchSizes().isEmpty() ? batchSizes : one.batchSizes();
        figures.add(one);
        console.accept(describe(one));
      }
    }
    return new WorkloadResult(workload.id(), workload.description(), records, List.copyOf(figures));
  }

  private static String describe(BacklogFigures figures) {
    return String.format(
        Locale.ROOT,
        "  run %d  %-24s %,9.0f records/s  %6.2f µs CPU/record  %s",
        figures.run(),
        figures.subject().description(),
        figures.recordsPerSecond(),
        figures.cpuMicrosPerRecord(),
        figures.batchSizes().isEmpty() ? "" : "batch " + figures.batchSizes());
  }
}
