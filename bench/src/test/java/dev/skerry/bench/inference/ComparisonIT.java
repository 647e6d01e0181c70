package dev.skerry.bench.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small case of {@code bench/inference}: that it runs and checks, not how fast anything is. */
@Timeout(300)
class ComparisonIT {

  @TempDir Path directory;

  @Test
  void shouldMeasureEverySubjectAndCheckItsAnswers() throws InterruptedException {
    Comparison.Plan plan =
        new Comparison.Plan(List.of(Workload.THREE), List.of(Subject.values()), 1, 0, 40_000, 0, 7);

    WorkloadResult result = new Comparison(plan, directory, System.out::println).run().get(0);

    assertThat(result.backlog())
        .extracting(BacklogFigures::subject)
        .containsExactly(Subject.values());
    assertThat(result.backlog())
        .allSatisfy(
            run -> {
              assertThat(run.recordsPerSecond()).isPositive();
              assertThat(run.cpuMicrosPerRecord()).isNotNegative();
            });
    assertThat(result.backlog())
        .filteredOn(run -> run.subject() != Subject.ORT)
        .allSatisfy(run -> assertThat(run.answers()).matches(found -> found.holds()));
    assertThat(result.backlog().get(0).batchSizes()).containsOnlyKeys("rare", "frequent", "common");
    assertThat(result.backlogTable()).contains("Kafka Streams").contains("transactional copy");
  }

  @Test
  void shouldCompareOnFramesToo() throws InterruptedException {
    Comparison.Plan plan =
        new Comparison.Plan(
            List.of(Workload.CNN),
            List.of(Subject.SKERRY, Subject.ORT, Subject.STREAMS),
            1,
            0,
            300,
            0,
            7);

    WorkloadResult result = new Comparison(plan, directory, System.out::println).run().get(0);

    assertThat(result.backlog())
        .filteredOn(run -> run.subject() != Subject.ORT)
        .hasSize(2)
        .allSatisfy(run -> assertThat(run.answers()).matches(found -> found.holds()));
    assertThat(result.backlog().get(0).batchSizes()).containsOnlyKeys("surface");
  }

  @Test
  void shouldTimeAnswersUnderALoad() throws InterruptedException {
    Comparison.Plan plan =
        new Comparison.Plan(List.of(Workload.MLP), List.of(Subject.SKERRY), 1, 1, 40_000, 1, 7);

    WorkloadResult result = new Comparison(plan, directory, System.out::println).run().get(0);

    assertThat(result.backlog()).extracting(BacklogFigures::run).containsExactly(1);
    assertThat(result.load()).hasSize(1);
    assertThat(result.load().get(0).records()).isPositive();
    assertThat(result.load().get(0).latencies().p50()).isPositive();
    assertThat(result.loadTable()).contains("half of its own most");
  }
}
