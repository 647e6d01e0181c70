package dev.skerry.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.bench.prove.budgets.BudgetsProof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small cases of {@code bench/prove}: the processor, the aggregator and the selection. */
@Timeout(300)
class ProcessorProofsIT {

  @TempDir Path directory;

  @Test
  void shouldHoldThroughAKill() throws InterruptedException {
    KillInference.Result proof = new KillInference(directory, 7, 1, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.killed()).isEqualTo(1);
    assertThat(proof.telemetry()).isPositive();
    assertThat(proof.detections()).isEqualTo(proof.telemetry());
    assertThat(proof.scoresCompared()).isPositive();
  }

  @Test
  void shouldAnswerADeadInstancesPartitionsInTime() throws InterruptedException {
    Takeover.Result proof = new Takeover(directory, 7, 1, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.partitionsTaken()).isPositive();
    assertThat(proof.detections()).isEqualTo(proof.telemetry());
  }

  @Test
  void shouldWatchTheMemoryOfAProcessorThatAnswersMuch() throws InterruptedException {
    InferenceMemory.Result proof =
        new InferenceMemory(directory, 7, 200_000, System.out::println).run();

    assertThat(proof.records()).isEqualTo(200_000);
    assertThat(proof.memory()).hasSize(2);
    assertThat(proof.peakMebibytes()).isBetween(256.0, 700.0);
  }

  @Test
  void shouldAggregateThroughAKillAsABatchComputationWould() throws InterruptedException {
    AggregatorProof.Result proof = new AggregatorProof(directory, 7, System.out::println).kills(1);

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.killed()).isEqualTo(1);
    assertThat(proof.comparison().detections()).isPositive();
    assertThat(proof.comparison().windows()).isPositive();
  }

  @Test
  void shouldPassNoBudgetThroughAKillAndWithoutItsState() throws InterruptedException {
    BudgetsProof.Result proof = new BudgetsProof(directory, 7, 1, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.killed()).isEqualTo(1);
    assertThat(proof.withoutState()).isEqualTo(1);
    assertThat(proof.decided()).isPositive();
  }

  @Test
  void shouldSwapModelsUnderLoadWithEachAnswerOfTheVersionThatItNames()
      throws InterruptedException {
    ModelSwaps.Result proof = new ModelSwaps(directory, 7, 3, 5_000, System.out::println).run();

    // How long a round takes and what three swaps leave in memory say nothing on a busy machine.
    assertThat(proof.answers().answers()).isPositive();
    assertThat(proof.answers().missing()).isZero();
    assertThat(proof.answers().doubled()).isZero();
    assertThat(proof.answers().wrong()).isZero();
    assertThat(proof.answers().backwards()).isZero();
    assertThat(proof.answers().versions()).isGreaterThan(1);
  }
}
