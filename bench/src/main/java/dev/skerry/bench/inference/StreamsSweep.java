package dev.skerry.bench.inference;

import static java.util.Locale.ROOT;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.report.TextTable;
import dev.skerry.bench.subject.StreamsTuning;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.BenchTopics;
import dev.skerry.bench.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Kafka Streams under one setting after the other, so that it is compared at its best. */
final class StreamsSweep {

  private static final int KIB = 1 << 10;

  /** Or the first setting would be tried on a broker that is still being compiled. */
  private static final int WARM_UP_RUNS = 2;

  /** One thing at a time is changed of the first, and its defaults stand at the end. */
  private static final List<StreamsTuning> TUNINGS =
      List.of(
          StreamsTuning.FOR_THROUGHPUT,
          StreamsTuning.FOR_LATENCY,
          new StreamsTuning(1, 100, 10, 256 * KIB, 2_000),
          new StreamsTuning(4, 100, 10, 256 * KIB, 2_000),
          new StreamsTuning(2, 30, 10, 256 * KIB, 2_000),
          new StreamsTuning(2, 1_000, 10, 256 * KIB, 2_000),
          new StreamsTuning(2, 100, 0, 256 * KIB, 2_000),
          new StreamsTuning(2, 100, 100, 256 * KIB, 2_000),
          new StreamsTuning(2, 100, 10, 16 * KIB, 2_000),
          new StreamsTuning(2, 100, 10, 256 * KIB, 500),
          new StreamsTuning(2, 100, 10, 256 * KIB, 5_000),
          StreamsTuning.DEFAULTS);

  private final Path directory;
  private final Consumer<String> console;

  StreamsSweep(Path directory, Consumer<String> console) {
    this.directory = directory;
    this.console = console;
  }

  /**
   * What a setting gives.
   *
   * @param tuning the setting
   * @param backlog how fast, at which cost
   * @param load how long answers take at half of that
   */
  record Tried(StreamsTuning tuning, BacklogFigures backlog, LoadFigures load) {}

  List<Tried> run(long records, int loadSeconds, long seed) throws InterruptedException {
    try (BrokerProcess broker = BrokerProcess.start(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new BenchTopics(admin, broker.bootstrapServers()).createCatalogue();
      Stage stage = new Stage(broker, admin, directory, Workload.MLP, seed);
      BacklogRun backlog = BacklogRun.prepare(stage, records);
      LoadRun load = new LoadRun(stage, loadSeconds, records / 5);
      for (int run = 0; run < WARM_UP_RUNS; run++) {
        backlog.run(Subject.STREAMS, run, StreamsTuning.FOR_THROUGHPUT);
      }
      List<Tried> tried = new ArrayList<>();
      for (StreamsTuning tuning : TUNINGS) {
        BacklogFigures fast = backlog.run(Subject.STREAMS, 1, tuning);
        LoadFigures timed =
            load.run(
                Subject.STREAMS,
                LoadFigures.Load.HALF_OF_OWN,
                1,
                fast.recordsPerSecond() / 2,
                tuning);
        tried.add(new Tried(tuning, fast, timed));
        console.accept(table(tried));
      }
      return tried;
    }
  }

  static String table(List<Tried> tried) {
    TextTable table =
        new TextTable(
            "num.stream.threads",
            "commit.interval.ms",
            "linger.ms",
            "batch.size",
            "max.poll.records",
            "records/s",
            "CPU µs/record",
            "p50 ms",
            "p99 ms");
    for (Tried one : tried) {
      StreamsTuning tuning = one.tuning();
      table.row(
          Integer.toString(tuning.threads()),
          Integer.toString(tuning.commitMillis()),
          Integer.toString(tuning.lingerMillis()),
          tuning.batchBytes() / KIB + " KiB",
          Integer.toString(tuning.pollRecords()),
          String.format(ROOT, "%,.0f", one.backlog().recordsPerSecond()),
          String.format(ROOT, "%.1f", one.backlog().cpuMicrosPerRecord()),
          String.format(ROOT, "%.0f", one.load().latencies().p50()),
          String.format(ROOT, "%.0f", one.load().latencies().p99()));
    }
    return table.toString();
  }
}
