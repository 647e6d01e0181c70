package dev.skerry.bench.inference;

import static java.util.Locale.ROOT;

import dev.skerry.bench.report.TextTable;
import dev.skerry.bench.subject.Subject;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What came of one workload.
 *
 * @param workload its name on the command line
 * @param description what it is, for people
 * @param records measured in each run
 * @param backlog every run of every subject
 * @param load every run under a steady load
 */
record WorkloadResult(
    String workload,
    String description,
    long records,
    List<BacklogFigures> backlog,
    List<LoadFigures> load) {

  double recordsPerSecond(Subject subject) {
    return Summary.of(backlog, subject, BacklogFigures::recordsPerSecond);
  }

  double cpuMicros(Subject subject) {
    return Summary.of(backlog, subject, BacklogFigures::cpuMicrosPerRecord);
  }

  /** CPU per record against the copy and ONNX Runtime alone together; NaN where one is missing. */
  double cpuRatioToLimit() {
    return cpuMicros(Subject.SKERRY) / (cpuMicros(Subject.COPY) + cpuMicros(Subject.ORT));
  }

  /** Records per second against a subject's; NaN where it is missing. */
  double speedRatio(Subject subject) {
    return recordsPerSecond(Subject.SKERRY) / recordsPerSecond(subject);
  }

  /** One percentile under a load, the median of the runs; NaN where there is none. */
  double latencyMillis(
      Subject subject, LoadFigures.Load kind, ToDoubleFunction<Latencies> percentile) {
    List<Double> values =
        loads(subject, kind).stream()
            .map(run -> percentile.applyAsDouble(run.latencies()))
            .toList();
    return values.isEmpty() ? Double.NaN : Summary.median(values);
  }

  /** p99 against that of Kafka Streams at half of its own most; NaN where one is missing. */
  double p99Ratio(LoadFigures.Load kind) {
    return latencyMillis(Subject.SKERRY, kind, Latencies::p99)
        / latencyMillis(Subject.STREAMS, LoadFigures.Load.HALF_OF_OWN, Latencies::p99);
  }

  private List<LoadFigures> loads(Subject subject, LoadFigures.Load kind) {
    return load.stream().filter(run -> run.subject() == subject && run.load() == kind).toList();
  }

  String loadTable() {
    TextTable table = new TextTable("", "load, records/s", "p50 ms", "p99 ms", "p999 ms");
    for (LoadFigures.Load kind : LoadFigures.Load.values()) {
      for (Subject subject : Subject.values()) {
        List<LoadFigures> runs = loads(subject, kind);
        if (!runs.isEmpty()) {
          table.row(
              subject.description() + ", " + kind.description(),
              String.format(ROOT, "%,.0f", runs.get(0).recordsPerSecond()),
              millis(latencyMillis(subject, kind, Latencies::p50)),
              millis(latencyMillis(subject, kind, Latencies::p99)),
              millis(latencyMillis(subject, kind, Latencies::p999)));
        }
      }
    }
    return table.toString();
  }

  private static String millis(double value) {
    return String.format(ROOT, value < 10 ? "%.1f" : "%.0f", value);
  }

  String backlogTable() {
    TextTable table =
        new TextTable(
            "", "records/s", "CPU µs/record", "lowest–highest", "the broker's", "peak RSS MiB");
    for (Subject subject : Subject.values()) {
      List<BacklogFigures> runs = backlog.stream().filter(run -> run.subject() == subject).toList();
      if (!runs.isEmpty()) {
        table.row(
            subject.description(),
            String.format(ROOT, "%,.0f", recordsPerSecond(subject)),
            String.format(ROOT, "%.2f", cpuMicros(subject)),
            String.format(
                ROOT,
                "%.2f–%.2f",
                runs.stream().mapToDouble(BacklogFigures::cpuMicrosPerRecord).min().orElseThrow(),
                runs.stream().mapToDouble(BacklogFigures::cpuMicrosPerRecord).max().orElseThrow()),
            subject == Subject.ORT
                ? ""
                : String.format(
                    ROOT,
                    "%.2f",
                    Summary.of(backlog, subject, BacklogFigures::brokerCpuMicrosPerRecord)),
            subject == Subject.ORT
                ? ""
                : String.format(
                    ROOT,
                    "%d",
                    runs.stream().mapToLong(BacklogFigures::peakMebibytes).max().orElseThrow()));
      }
    }
    return table.toString();
  }
}
