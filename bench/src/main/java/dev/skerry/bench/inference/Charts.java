package dev.skerry.bench.inference;

import dev.skerry.bench.report.BarChart;
import dev.skerry.bench.subject.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A comparison as pictures for the guide. */
final class Charts {

  private Charts() {}

  /**
   * Writes {@code cpu.svg}, {@code throughput.svg} and, where there is one, {@code latency.svg}.
   */
  static void write(List<WorkloadResult> results, Path directory) {
    BarChart cpu = new BarChart("CPU of the worker per record", "µs, less is better");
    BarChart throughput = new BarChart("Throughput", "records per second, more is better");
    BarChart latency =
        new BarChart("Produced to visible, p99 at half of its own most", "ms, less is better");
    boolean timed = false;
    for (WorkloadResult result : results) {
      cpu.group(result.description(), bars(result::cpuMicros, true));
      throughput.group(result.description(), bars(result::recordsPerSecond, false));
      List<BarChart.Bar> millis =
          bars(
              subject ->
                  result.latencyMillis(subject, LoadFigures.Load.HALF_OF_OWN, Latencies::p99),
              false);
      if (!millis.isEmpty()) {
        latency.group(result.description(), millis);
        timed = true;
      }
    }
    write(directory.resolve("cpu.svg"), cpu);
    write(directory.resolve("throughput.svg"), throughput);
    if (timed) {
      write(directory.resolve("latency.svg"), latency);
    }
  }

  /** ONNX Runtime alone is no system: its millions per second would hide all others. */
  private static List<BarChart.Bar> bars(
      ToDoubleFunction<Subject> figure, boolean withRuntimeAlone) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      double value = figure.applyAsDouble(subject);
      if (!Double.isNaN(value) && (withRuntimeAlone || subject != Subject.ORT)) {
        bars.add(new BarChart.Bar(subject.description(), value, subject == Subject.SKERRY));
      }
    }
    return bars;
  }

  private static void write(Path file, BarChart chart) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, chart.toSvg());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
