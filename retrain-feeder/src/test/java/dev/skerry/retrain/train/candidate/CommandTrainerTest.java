package dev.skerry.retrain.train.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetVersion;
import dev.skerry.retrain.train.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTrainerTest {

  @TempDir private Path dir;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void shouldGiveTheProgramTheDatasetAndTakeItsFile() throws Exception {
    train(
        "echo of $1; echo $SKERRY_MODEL_VERSION $SKERRY_STREAM > \"$2\";"
            + " echo $SKERRY_KNOWN_TRAINING > \"$SKERRY_MODEL_INT8_OUT\"",
        lines::add);
    assertThat(job().out()).hasContent("1.7.0 vibration");
    assertThat(dir.resolve("candidate.int8.onnx"))
        .hasContent(dir.resolve("known.avro").toAbsolutePath().toString());
    assertThat(lines).containsExactly("of " + dir.toAbsolutePath());
  }

  @Test
  void shouldSayWhyThereIsNoModel() {
    assertThatThrownBy(() -> train("exit 3", Progress.SILENT))
        .isInstanceOf(Trainer.TrainingFailedException.class)
        .hasMessage("sh ended with exit code 3");
    assertThatThrownBy(() -> train("true", Progress.SILENT))
        .hasMessageContaining("wrote no model to");
    assertThatThrownBy(
            () ->
                new CommandTrainer(List.of("/no/such/program"), Duration.ofSeconds(9), known())
                    .train(job(), Progress.SILENT))
        .hasMessageContaining("is /no/such/program there?");
  }

  @Test
  void shouldEndAProgramThatTakesTooLong() {
    CommandTrainer trainer =
        new CommandTrainer(List.of("sh", "-c", "sleep 600", "sh"), Duration.ofMillis(50), known());
    assertThatThrownBy(() -> trainer.train(job(), Progress.SILENT))
        .hasMessage("sh took longer than PT0.05S and was ended");
  }

  private void train(String script, Progress progress) throws InterruptedException {
    new CommandTrainer(List.of("sh", "-c", script, "sh"), Duration.ofSeconds(60), known())
        .train(job(), progress);
  }

  private KnownData known() {
    return new KnownData(Optional.of(dir.resolve("known.avro")), Optional.empty());
  }

  private TrainingJob job() {
    DatasetManifest manifest =
        new DatasetManifest(
            1,
            "vibration",
            7,
            null,
            "",
            new TreeMap<>(),
            new TreeMap<>(),
            0.3,
            "",
            "",
            new TreeMap<>(),
            List.of());
    return new TrainingJob(
        new DatasetVersion(dir, manifest),
        dir.resolve("champion.onnx"),
        "1.7.0",
        dir.resolve("candidate.onnx"));
  }
}
