package dev.skerry.bench.inference;

import static java.util.Locale.ROOT;

import dev.skerry.bench.report.TextTable;
import dev.skerry.bench.subject.Subject;
import java.util.List;

/**
 * What came of one workload.
 *
 * @param workload its name on the command line
 * @param description what it is, for people
 * @param records measured in each run
 * @param backlog every run of every subject
 */
record WorkloadResult(
    String workload, String description, long records, List<BacklogFigures> backlog) {

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

  String backlogTable() {
    TextTable table =
        new TextTable("", "records/s", "CPU µs/record", "lowest–highest", "peak RSS MiB");
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
                    "%d",
                    runs.stream().mapToLong(BacklogFigures::peakMebibytes).max().orElseThrow()));
      }
    }
    return table.toString();
  }
}
