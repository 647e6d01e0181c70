package dev.skerry.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.serde.AvroEncoder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusBoardTest {

  @TempDir private Path directory;

  @Test
  void shouldGoByWhatWasDecidedAlsoWhileTheDiskDoesNotTakeIt() throws Exception {
    Path file = directory.resolve("away").resolve("state.json");
    StatusBoard board = new StatusBoard("site-1", file);
    decide(board, "site-1", "2.0.0");
    decide(board, "site-2", "9.0.0");
    assertThat(board.state("pump").champion()).contains("2.0.0");
    assertThatThrownBy(board::save)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("state.json");

    Files.createDirectory(directory.resolve("away"));
    board.save();
    assertThat(new StatusBoard("site-1", file).state("pump")).isEqualTo(board.state("pump"));
  }

  @Test
  void shouldRememberFormerChampionsOverAStart() {
    Path file = directory.resolve("state.json");
    StatusBoard board = new StatusBoard("site-1", file);
    for (String version : List.of("1.0.0", "2.0.0", "3.0.0")) {
      decide(board, "site-1", version);
    }
    board.save();
    assertThat(new StatusBoard("site-1", file).state("pump").former())
        .containsExactly("2.0.0", "1.0.0");
  }

  @Test
  void shouldPassOverARecordWithoutAValue() {
    StatusBoard board = new StatusBoard("site-1", directory.resolve("state.json"));
    decide(board, "site-1", "2.0.0");
    board.accept(record(null));
    assertThat(board.state("pump").champion()).contains("2.0.0");
  }

  private static void decide(StatusBoard board, String site, String champion) {
    ModelStatus status =
        ModelStatus.newBuilder()
            .setSiteId(site)
            .setModel("pump")
            .setStream("pump")
            .setStep(ModelStep.PROMOTED)
            .setModelVersion(champion)
            .setReason("it did better")
            .setChampionVersion(champion)
            .setDecidedBy("inference-0")
            .setChangedAt(Instant.EPOCH)
            .build();
    board.accept(record(new AvroEncoder<>(ModelStatus.class).encode(status)));
  }

  private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
    return new ConsumerRecord<>("model-status", 0, 0, new byte[] {1}, value);
  }
}
