package dev.skerry.bench.inference;

import static java.util.Locale.ROOT;

import dev.skerry.bench.report.GuideBlock;
import dev.skerry.bench.report.Machine;
import dev.skerry.bench.subject.Subject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The figures of a comparison as text: for the terminal, and as a part of the guide. */
record FigurePage(Machine machine, int runs, List<WorkloadResult> results) {

  /** Writes the part of the guide and its pictures beside it. */
  void writeTo(Path docs) {
    Charts.write(results, docs.resolve("performance"));
    boolean timed = results.stream().anyMatch(result -> !result.load().isEmpty());
    String head =
        "Measured on %s on %s; %s.\n\n"
                .formatted(
                    LocalDate.now(ZoneOffset.UTC),
                    machine.describe(),
                    runs == 1 ? "one run" : "the median of " + runs + " interleaved runs")
            + "![CPU of the worker per record](performance/cpu.svg)\n\n"
            + "![Records per second](performance/throughput.svg)\n\n"
            + (timed ? "![p99 latency at half load](performance/latency.svg)\n\n" : "");
    new GuideBlock(docs.resolve("performance.md"), "figures").write(head + text("### "));
  }

  /** Tables and ratios of all workloads. */
  String text(String captionPrefix) {
    StringBuilder text = new StringBuilder();
    for (WorkloadResult result : results) {
      text.append(captionPrefix).append(result.description()).append("\n\n");
      text.append(result.backlogTable()).append('\n');
      if (!result.load().isEmpty()) {
        text.append(result.loadTable()).append('\n');
      }
      text.append(ratios(result)).append('\n');
    }
    return text.toString();
  }

  private static String ratios(WorkloadResult result) {
    StringBuilder text = new StringBuilder();
    ratio(
        text,
        "CPU per record against copy + ONNX Runtime alone",
        result.cpuRatioToLimit(),
        "1.25 at most for the light MLP");
    ratio(
        text,
        "Records per second against Kafka Streams",
        result.speedRatio(Subject.STREAMS),
        "3 at least");
    for (LoadFigures.Load load : LoadFigures.Load.values()) {
      ratio(
          text,
          "p99 at " + load.description() + " against Kafka Streams at half of its most",
          result.p99Ratio(load),
          "0.33 at most");
    }
    return text.toString();
  }

  private static void ratio(StringBuilder text, String name, double value, String wanted) {
    if (!Double.isNaN(value)) {
      text.append(String.format(ROOT, "- %s: **%.2f** (wanted: %s)\n", name, value, wanted));
    }
  }
}
