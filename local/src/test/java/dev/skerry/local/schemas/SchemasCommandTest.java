package dev.skerry.local.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.Skerry;
import dev.skerry.schemas.serde.SchemaCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasCommandTest {

  private static final String SOURCES = "../schemas/src/main/resources/dev/skerry/schemas";

  private final PrintStream standardOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @TempDir Path dir;

  @BeforeEach
  void captureOut() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreOut() {
    System.setOut(standardOut);
  }

  @Test
  void shouldListEveryVersion() {
    assertThat(run("schemas", "list")).isZero();
    assertThat(printed().lines()).hasSize(SchemaCatalogue.released().entries().size() + 1);
    assertThat(printed().lines())
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.matches("telemetry-value +1 +1000001 +[0-9a-f]{16}"));
  }

  @Test
  void shouldShowASchema() {
    assertThat(run("schemas", "show", "telemetry-value", "--version", "1")).isZero();
    assertThat(new Schema.Parser().parse(printed()))
        .isEqualTo(SchemaCatalogue.released().schema(1_000_001).orElseThrow());
  }

  @Test
  void shouldNameTheSubjectsAndVersionsThatThereAre() {
    assertRefused("telemetry-value", "schemas", "show", "telemetrie-value");
    assertRefused("it has 1", "schemas", "show", "telemetry-value", "--version", "9");
    assertRefused("it has 1", "schemas", "diff", "telemetry-value", "1", "9");
    assertRefused("none.avsc", "schemas", "diff", "telemetry-value", "none.avsc");
    assertRefused("Say what to do: list, show, diff", "schemas");
    assertRefused("no address", "schemas", "seed", "--url", "registry");
    assertRefused("USER:PASSWORD", "schemas", "seed", "--url", "http://r", "--user-info", "ann");
    assertRefused("no catalogue.json", "schemas", "check", "--catalogue", dir.toString());
  }

  @Test
  void shouldShowWhatChangedAndThatBothCanStillRead() throws IOException {
    Path file =
        changed("\"fields\":[", "\"fields\":[{\"name\":\"shift\",\"type\":\"int\",\"default\":0},");
    assertThat(run("schemas", "diff", "telemetry-value", file.toString())).isZero();
    assertThat(printed())
        .contains("+ shift: int = 0")
        .contains("new readers read old records: yes", "old readers read new records: yes");
  }

  @Test
  void shouldShowWhoCannotReadAnyLonger() throws IOException {
    Path file = changed("\"name\":\"deviceId\"", "\"name\":\"machineId\"");
    assertThat(run("schemas", "diff", "telemetry-value", "1", file.toString())).isOne();
    assertThat(printed())
        .contains("- deviceId: string", "+ machineId: string")
        .contains("new readers read old records: NO", "old readers read new records: NO");
  }

  @Test
  void shouldSayThatNothingDiffers() {
    assertThat(run("schemas", "diff", "telemetry-value", "1", "1")).isZero();
    assertThat(printed()).startsWith("no field differs");
  }

  @Test
  void shouldSayWhatBytesMean() throws IOException {
    String golden = "../schemas/src/test/resources/golden/telemetry-v1-readings";
    assertThat(run("schemas", "decode", golden + ".bin", golden + ".bin")).isZero();
    List<String> lines = printed().lines().toList();
    assertThat(lines).hasSize(2);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(lines.get(1)).path("deviceId"))
        .isEqualTo(json.readTree(Path.of(golden + ".json").toFile()).path("deviceId"));
    Path bytes = Files.write(dir.resolve("bytes"), new byte[] {0, 0, 0, 0, 9, 1});
    assertRefused("schema id 9", "schemas", "decode", bytes.toString());
    assertRefused("byte 0", "schemas", "decode", golden + ".json");
    assertRefused("cannot be read", "schemas", "decode", dir.resolve("none").toString());
    byte[] cut = Arrays.copyOf(Files.readAllBytes(Path.of(golden + ".bin")), 40);
    assertRefused(
        "is no Telemetry", "schemas", "decode", Files.write(dir.resolve("cut"), cut).toString());
  }

  @Test
  void shouldCheckACatalogueAndCompareItWithAnEarlierOne() throws IOException {
    assertThat(run("schemas", "check", "--catalogue", SOURCES, "--since", SOURCES)).isZero();
    Files.writeString(
        dir.resolve("catalogue.json"),
        "[{\"subject\":\"telemetry-value\",\"version\":7,\"id\":1000001,\"file\":\"a.avsc\"}]");
    assertThat(run("schemas", "check", "--catalogue", SOURCES, "--since", dir.toString())).isOne();
    assertThat(err.toString()).contains("telemetry-value version 7 (a.avsc)", "put it back");
  }

  @Test
  void shouldFailToSeedARegistryThatIsNotThere() {
    assertThat(run("schemas", "seed", "--url", "http://127.0.0.1:1")).isOne();
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1", "does not answer");
  }

  private Path changed(String what, String by) throws IOException {
    String text = SchemaCatalogue.released().schema(1_000_001).orElseThrow().toString();
    assertThat(text).contains(what);
    int at = text.indexOf(what);
    return Files.writeString(
        dir.resolve("changed.avsc"),
        text.substring(0, at) + by + text.substring(at + what.length()));
  }

  private int run(String... args) {
    err.getBuffer().setLength(0);
    out.reset();
    return Skerry.run(args, new PrintWriter(err, true));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private void assertRefused(String fragment, String... args) {
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(fragment);
  }
}
