package dev.skerry.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.bench.link.Disruptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small cases of {@code bench/prove}: what comes in, and what leaves a site. */
@Timeout(300)
class SiteProofsIT {

  @TempDir Path directory;

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
