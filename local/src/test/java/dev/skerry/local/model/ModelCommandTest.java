package dev.skerry.local.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelCommandTest {

  private static final Path SHIPPED = Path.of("..", "models", "vibration", "vibration-faults.onnx");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path dir;

  @Test
  void shouldDescribeTheModelThatShips() throws IOException {
    assertThat(run("describe", SHIPPED.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "opset 13",
            Files.size(SHIPPED) + " bytes",
            "readings float [any, 3, 1024]",
            "scores float [any, 5]",
            "vibration-faults 1.0.0",
            "classify",
            "normal, unbalance, misalignment, bearing-outer, bearing-inner",
            "in doubt below confidence 0.6",
            "5 samples");
    assertThat(out.toString()).containsPattern("sha256 +[0-9a-f]{64}");
  }

  @Test
  void shouldCheckTheModelThatShipsAndTimeItsBatches() {
    assertThat(run("check", SHIPPED.toString(), "--max-batch", "6")).isZero();
    assertThat(out.toString())
        .startsWith("vibration-faults 1.0.0 keeps its contract on cpu: 5 golden samples");
    assertThat(out.toString().lines().skip(2).map(line -> line.strip().replaceAll(" .*", "")))
        .containsExactly("1", "2", "4", "6");
  }

  @Test
  void shouldSayTheSameToPrograms() throws IOException {
    assertThat(run("describe", SHIPPED.toString(), "--json")).isZero();
    JsonNode described = new ObjectMapper().readTree(out.toString());
    assertThat(described.at("/contract/version").asText()).isEqualTo("1.0.0");
    assertThat(described.get("sizeBytes").asLong()).isEqualTo(Files.size(SHIPPED));
    out.getBuffer().setLength(0);
    assertThat(run("check", SHIPPED.toString(), "--max-batch", "2", "--json")).isZero();
    JsonNode checked = new ObjectMapper().readTree(out.toString());
    assertThat(checked.get("goldenSamples").asInt()).isEqualTo(5);
    assertThat(checked.at("/batches/1/rows").asInt()).isEqualTo(2);
    assertThat(checked.at("/batches/1/medianMillis").asDouble()).isPositive();
  }

  @Test
  void shouldFailAModelWhoseGoldenSampleDoesNotHold() throws IOException {
    byte[] bytes = Files.readAllBytes(SHIPPED);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int scores = text.indexOf("\"scores\":[0.");
    bytes[scores + "\"scores\":[0.".length()] ^= 1;
    Path file = Files.write(dir.resolve("broken.onnx"), bytes);
    assertThat(run("check", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("broken.onnx", "golden sample 0 gives");
  }

  @Test
  void shouldFailWhatIsNoModel() throws IOException {
    Path file = Files.writeString(dir.resolve("text.onnx"), "no model at all");
    assertThat(run("describe", file.toString())).isEqualTo(1);
    assertThat(run("check", file.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("text.onnx is no ONNX model");
  }

  @Test
  void shouldNameWhatIsWrongWithTheOptions() {
    assertThat(run("describe", "none.onnx")).isEqualTo(2);
    assertThat(err.toString()).contains("none.onnx does not exist");
    assertThat(run("check", SHIPPED.toString(), "--max-batch", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--max-batch must be from 1 to 65536, not 0");
    assertThat(run("check", SHIPPED.toString(), "--require", "cuda")).isEqualTo(2);
    assertThat(err.toString()).contains("--require must name one of --providers");
  }

  private int run(String... args) {
    return new CommandLine(new ModelCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }
}
