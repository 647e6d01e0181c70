package dev.skerry.retrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TrainMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldFitAndJudgeAnAnomalyModelFromFiles(@TempDir Path directory) throws IOException {
    Path normal = write(directory, "normal.avro", SyntheticTelemetry.waves(2, 80, 1, 0));
    Path model = directory.resolve("pump.onnx");
    assertThat(
            run(
                "anomaly",
                "--data",
                normal.toString(),
                "--judge",
                normal.toString(),
                "--stream",
                "pump",
                "--out",
                model.toString()))
        .as(err::toString)
        .isZero();
    assertThat(model).isNotEmptyFile();
    assertThat(out.toString()).contains("fitted on 56 windows", "| model |", "pump.onnx");
  }

  @Test
  void shouldTrainAVibrationModelFromFiles(@TempDir Path directory) throws IOException {
    Path training = write(directory, "train.avro", SyntheticTelemetry.vibration("a", 5, 5, 1));
    Path heldOut = write(directory, "held.avro", SyntheticTelemetry.vibration("b", 5, 2, 2));
    Path model = directory.resolve("vibration.onnx");
    assertThat(
            run(
                "vibration",
                "--data",
                training.toString(),
                "--held-out",
                heldOut.toString(),
                "--out",
                model.toString()))
        .as(err::toString)
        .isZero();
    assertThat(out.toString()).contains("held-out accuracy");
    assertThat(directory.resolve("CARD.md")).exists();
  }

  @Test
  void shouldSayInOneSentenceWhatIsWrongWithAFile(@TempDir Path directory) throws IOException {
    Path text = Files.writeString(directory.resolve("text.avro"), "not avro");
    String model = directory.resolve("m.onnx").toString();
    assertThat(run("anomaly", "--data", "nowhere.avro", "--out", model)).isEqualTo(2);
    assertThat(run("anomaly", "--data", text.toString(), "--out", model)).isEqualTo(2);
    assertThat(run("anomaly", "--out", model)).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("There is no file nowhere.avro."),
            line -> assertThat(line).contains("text.avro is no Avro container file of telemetry"),
            line -> assertThat(line).contains("Missing required option", "--data"));
  }

  private int run(String... arguments) {
    CommandLine line = TrainMain.commandLine();
    return line.setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private static Path write(Path directory, String name, List<Telemetry> records)
      throws IOException {
    Path file = directory.resolve(name);
    SpecificData data = SpecificData.getForClass(Telemetry.class);
    try (DataFileWriter<Telemetry> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Telemetry.getClassSchema(), data))) {
      writer.create(Telemetry.getClassSchema(), file.toFile());
      for (Telemetry record : records) {
        writer.append(record);
      }
    }
    return file;
  }
}
