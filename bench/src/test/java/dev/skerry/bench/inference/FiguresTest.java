package dev.skerry.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.bench.report.Machine;
import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.AnswerCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

  @Test
  void shouldTakeTheMedianOfInterleavedRuns() {
    List<BacklogFigures> runs =
        List.of(
            figures(Subject.SKERRY, 1, 100, 6),
            figures(Subject.COPY, 1, 150, 4),
            figures(Subject.ORT, 1, 9_000, 1),
            figures(Subject.SKERRY, 2, 10, 60),
            figures(Subject.COPY, 2, 150, 4),
            figures(Subject.ORT, 2, 9_000, 1),
            figures(Subject.SKERRY, 3, 110, 7));
    WorkloadResult result = new WorkloadResult("mlp", "light", 100, runs, List.of());

    assertThat(result.recordsPerSecond(Subject.SKERRY)).isEqualTo(100);
    assertThat(result.cpuMicros(Subject.SKERRY)).isEqualTo(7);
    assertThat(result.cpuRatioToLimit()).isEqualTo(7 / 5.0);
    assertThat(result.speedRatio(Subject.STREAMS)).isNaN();
    assertThat(result.backlogTable()).contains("6.00–60.00");
  }

  @Test
  void shouldTellPercentilesOfLatencies() {
    long[] nanos = LongStream.rangeClosed(1, 1_000).map(i -> i * 1_000_000).toArray();

    Latencies latencies = Latencies.of(nanos);

    assertThat(latencies).isEqualTo(new Latencies(500, 990, 999, 1_000));
  }

  @Test
  void shouldReadMeanBatchSizesFromTheProcessorsMetrics() {
    String metrics =
        """
        # TYPE skerry_inference_batch_size summary
        skerry_inference_batch_size_count{model="bench-rare",provider="CPU",version="1.0.0"} 4
        skerry_inference_batch_size_sum{model="bench-rare",provider="CPU",version="1.0.0"} 10.0
        skerry_inference_batch_size_max{model="bench-rare",provider="CPU",version="1.0.0"} 7.0
        """;

    assertThat(BatchSizes.parse(metrics)).isEqualTo(Map.of("rare", 2.5));
  }

  @Test
  void shouldStandBesideFiguresOfAnEarlierRun(@TempDir Path directory) throws IOException {
    AnswerCheck.Report answers = new AnswerCheck.Report(10, 1_000, 0, 0, 0, 1, 0);
    WorkloadResult result =
        new WorkloadResult(
            "mlp",
            "light",
            100,
            List.of(new BacklogFigures(Subject.SKERRY, 1, 100, 7, 1, 9, Map.of("a", 2.0), answers)),
            List.of(
                new LoadFigures(
                    Subject.STREAMS,
                    LoadFigures.Load.SAME_FOR_ALL,
                    1,
                    50,
                    500,
                    new Latencies(1, 2, 3, 4))));
    Path file = directory.resolve("mlp.json");

    new Figures(Machine.here(), 1, List.of(result)).write(file);

    assertThat(Figures.read(file).workloads()).containsExactly(result);
    Files.writeString(file, "{\"workloads\": 3}");
    assertThatThrownBy(() -> Figures.read(file))
        .hasMessageContaining("mlp.json is no file of --out");
  }

  private static BacklogFigures figures(
      Subject subject, int run, double recordsPerSecond, double cpuMicros) {
    return new BacklogFigures(subject, run, recordsPerSecond, cpuMicros, 0, 100, Map.of(), null);
  }
}
