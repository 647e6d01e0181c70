package dev.skerry.bench.prove.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small case of {@code bench/prove warehouse}. */
@Timeout(300)
class WarehouseProofIT {

  @TempDir Path directory;

  @Test
  void shouldMakeEachRecordARowOnceThroughAKillANewerSchemaAndARegistryThatIsAway()
      throws InterruptedException {
    WarehouseProof.Result proof =
        new WarehouseProof(
                directory, 7, /* times= */ 1, Duration.ofSeconds(1), 0, System.out::println)
            .run();

    assertThat(proof.holds()).as(proof.toString()).isTrue();
    assertThat(proof.kills().all()).isEqualTo(1);
    assertThat(proof.rows().rows()).isPositive();
    assertThat(proof.deadLetters().rubbish()).isEqualTo(1);
  }
}
