package dev.skerry.local.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.retrain.train.Progress;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.graph.GraphSession;
import dev.skerry.retrain.train.graph.ModelFile;
import dev.skerry.retrain.train.judge.Confusion;
import dev.skerry.retrain.train.vibration.TrainedClassifier;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Simulation and training together, small; {@code ./skerry train vibration} is the full size. */
class SimulatedTrainingTest {

  @Test
  void shouldBeatTheRmsThresholdOnMachinesItHasNotSeen() {
    TrainedClassifier trained = new SimulatedTraining(5, 200, 60, 8).run("1.0.0", Progress.SILENT);
    double model = trained.judgement().confusion().detection().balancedAccuracy();
    double threshold = trained.judgement().baselineDetection().balancedAccuracy();
    assertThat(trained.judgement().confusion().accuracy()).isGreaterThan(0.75);
    assertThat(model).isGreaterThan(threshold + 0.08);
  }

  @Test
  void shouldShipAModelThatKnowsTheFaultsOfALiveSite() throws IOException {
    Confusion confusion = judgeShippedModelOnALiveSite();
    assertThat(confusion.total()).isEqualTo(3000);
    assertThat(confusion.accuracy()).isGreaterThan(0.88);
    assertThat(confusion.recall(0)).as("healthy windows left alone").isGreaterThan(0.9);
  }

  @Test
  void shouldShipAModelWhoseGoldenSamplesHoldAndThatIsSmall() throws IOException {
    byte[] onnx = shippedModel();
    assertThat(onnx.length).isLessThan(1_000_000);
    ModelContract contract = ModelFile.contract(onnx);
    try (GraphSession session = session(onnx)) {
      for (GoldenSample sample : contract.golden()) {
        float[] scores = session.run(List.of(floats(sample.values())))[0];
        assertThat(scores).containsExactly(floats(sample.scores()), within(1e-5f));
      }
    }
    assertThat(contract.reference()).as("what drift is measured against").isNotNull();
    assertThat(contract.readings().channels()).isEqualTo(VibrationFleet.CHANNELS);
    assertThat(contract.readings().sampleRateHz()).isEqualTo(VibrationFleet.SAMPLE_RATE_HZ);
  }

  @Test
  void shouldTrainFromTheCommandLine(@TempDir Path directory) {
    StringWriter out = new StringWriter();
    Path file = directory.resolve("vibration-faults.onnx");
    int exitCode =
        new CommandLine(new TrainCommand())
            .setOut(new PrintWriter(out, true))
            .execute(
                "vibration",
                "--machines",
                "40",
                "--held-out-machines",
                "20",
                "--windows",
                "8",
                "--out",
                file.toString());
    assertThat(exitCode).isZero();
    assertThat(out.toString()).contains("held-out accuracy", "20 machines never seen");
    assertThat(directory.resolve("CARD.md")).content().contains("--seed 1 --machines 40");
  }

  private static Confusion judgeShippedModelOnALiveSite() throws IOException {
    byte[] onnx = shippedModel();
    ModelContract contract = ModelFile.contract(onnx);
    VibrationFleet live = VibrationFleet.live(11, 30, "site", Instant.EPOCH, Duration.ofSeconds(1));
    Confusion confusion = new Confusion(contract.labels());
    try (GraphSession session = session(onnx)) {
      FeatureTable scores =
          FeatureTable.read(
              new VibrationFleet(
                  live.seed(),
                  live.population(),
                  live.machines(),
                  live.schedule(),
                  live.siteId(),
                  live.start(),
                  live.interval(),
                  100),
              session,
              contract.labels(),
              contract.readings().channels().size(),
              contract.readings().steps(),
              "live site",
              Progress.SILENT);
      for (int row = 0; row < scores.size(); row++) {
        confusion.add(scores.truth(row), best(scores.rows().get(row)));
      }
    }
    return confusion;
  }

  private static byte[] shippedModel() throws IOException {
    return Files.readAllBytes(Path.of("..", "models", "vibration", "vibration-faults.onnx"));
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int label = 1; label < scores.length; label++) {
      best = scores[label] > scores[best] ? label : best;
    }
    return best;
  }

  private static GraphSession session(byte[] onnx) {
    ReadingsInput input = ModelFile.contract(onnx).readings();
    return new GraphSession(onnx, input.name(), input.channels().size(), input.steps());
  }

  private static float[] floats(List<Float> list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }
}
