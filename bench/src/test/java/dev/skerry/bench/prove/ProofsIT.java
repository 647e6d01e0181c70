package dev.skerry.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.bench.link.Disruptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small cases of {@code bench/prove}. */
@Timeout(300)
class ProofsIT {

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
  void shouldKeepManyMqttConnections() throws InterruptedException {
    MqttConnections.Result proof =
        new MqttConnections(directory, 200, 50, 5, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.connected()).isEqualTo(250);
    assertThat(proof.messages()).isPositive();
  }

  @Test
  void shouldHaveEveryAcknowledgedMessageOnceAfterTheBrokerWasStopped()
      throws InterruptedException {
    IngestOutage.Result proof = new IngestOutage(directory, 200, 3, 1, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.unacknowledgedInOutage()).isPositive();
    assertThat(proof.records()).isEqualTo(proof.messages());
  }

  @Test
  void shouldAnswerEveryMessageOverMqttAndToTheWebhook() throws InterruptedException {
    AnswerLatency.Result proof =
        new AnswerLatency(directory, 7, 5, 0, 2, System.out::println).run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.messages()).isEqualTo(10);
    assertThat(proof.millisOverMqtt().p50()).isPositive();
    assertThat(proof.millisToWebhook().max()).isGreaterThanOrEqualTo(proof.millisToWebhook().p50());
  }

  @Test
  void shouldSwapModelsUnderLoadWithEachAnswerOfTheVersionThatItNames()
      throws InterruptedException {
    ModelSwaps.Result proof = new ModelSwaps(directory, 7, 3, System.out::println).run();

    // How long a round takes and what three swaps leave in memory say nothing on a busy machine.
    assertThat(proof.answers().answers()).isPositive();
    assertThat(proof.answers().missing()).isZero();
    assertThat(proof.answers().doubled()).isZero();
    assertThat(proof.answers().wrong()).isZero();
    assertThat(proof.answers().backwards()).isZero();
    assertThat(proof.answers().versions()).isGreaterThan(1);
  }

  @Test
  void shouldHaveAllOnBothSidesAfterCutsOfEveryKindAndAKill() throws InterruptedException {
    LinkProof.Result proof =
        new LinkProof(
                "link",
                directory,
                7,
                Disruptions.ofTheLink(7, 4, 1),
                /* withLedger= */ false,
                System.out::println)
            .run();

    assertThat(proof.counts().addUp()).as(proof.toString()).isTrue();
    assertThat(proof.killed()).isEqualTo(1);
    assertThat(proof.disruptions())
        .containsOnlyKeys("away-at-start", "cut", "silent", "thin", "flapping");
  }
}
