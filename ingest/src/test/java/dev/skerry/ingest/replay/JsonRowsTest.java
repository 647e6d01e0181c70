package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonRowsTest {

  @TempDir Path dir;

  @Test
  void shouldMakeTheRecordsThatTheSameRowsInCsvMake() throws IOException {
    write(
        "json/pump.jsonl",
        "{\"time\": \"2026-01-01T00:00:00Z\", \"p\": 1.5, \"q\": -2e-1, \"anomaly\": false}",
        "",
        "{\"time\": \"2026-01-01T00:00:01Z\", \"q\": 20, \"p\": 2, \"anomaly\": true}");
    write(
        "csv/pump.csv",
        "time,p,q,anomaly",
        "2026-01-01T00:00:00Z,1.5,-2e-1,0",
        "2026-01-01T00:00:01Z,2,20,1");
    assertThat(replay("json/pump.jsonl")).hasSize(1).isEqualTo(replay("csv/pump.csv"));
  }

  @Test
  void shouldNameFieldsOfObjectsWithAPointBetween() throws IOException {
    write(
        "pump.json",
        "{\"ts\":1600000000,\"id\":\"x\",\"values\":{\"p\":1,\"q\":2},\"tags\":[\"a\"]}",
        "{\"ts\":1600000001,\"id\":\"x\",\"values\":{\"p\":3,\"q\":4},\"tags\":[]}");
    List<Telemetry> records = replay(options("pump.json").deviceColumn("id"));
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getDeviceId()).isEqualTo("x");
    assertThat(records.get(0).getEventTime()).isEqualTo(Instant.ofEpochSecond(1_600_000_001));
    assertThat(records.get(0).getPayload())
        .isEqualTo(new Readings(2, 2, 1f, List.of(1f, 3f, 2f, 4f)));
  }

  @Test
  void shouldTakeFieldsThatAreThereNowAndThen() throws IOException {
    write(
        "pump.ndjson",
        "{\"time\":0,\"p\":1}",
        "{\"time\":1,\"p\":2,\"fault\":\"leak\"}",
        "{\"time\":2,\"p\":3,\"fault\":null}",
        "{\"time\":3,\"p\":4}");
    assertThat(replay("pump.ndjson"))
        .extracting(Telemetry::getAttributes)
        .containsExactly(Map.of("label.fault", "leak"), Map.of());
  }

  @Test
  void shouldSayWhereALineIsNoRow() throws IOException {
    refused("is no JSON (at character 11)", "{\"time\":1,}");
    refused("): Duplicate field 'p'", "{\"p\":1,\"p\":2,\"time\":1}");
    refused("is no JSON object; a row is one object on one line", "[1,2]");
    refused("has something after the object", "{\"time\":1,\"p\":1} {}");
    refused("has the field 'r', which the first lines do not have", "{\"time\":1,\"r\":1}");
    refused(", field 'p': 'NaN' is not a number", "{\"time\":1,\"p\":\"NaN\"}");
    refused(", field 'p': the cell is empty", "{\"time\":1}");
    refused(", field 'p': '[array]' is not a number", "{\"time\":1,\"p\":[1]}");
  }

  @Test
  void shouldSkipAndCountLinesThatAreNoRow() throws IOException {
    write("pump.jsonl", "oops", "{\"time\":0,\"p\":1}", "{\"time\":1,", "{\"time\":2,\"p\":2}");
    try (RowReplay replay = RowReplay.open(options("pump.jsonl").skipBadRows(true).build())) {
      replay.forEachRemaining(record -> {});
      assertThat(replay.counts().rows()).isEqualTo(2);
      assertThat(replay.counts().skippedRows()).isEqualTo(2);
      assertThat(replay.counts().firstSkipped().orElseThrow())
          .startsWith(dir + "/pump.jsonl, line 1: is no JSON");
    }
  }

  @Test
  void shouldRefuseAFileWithoutRows() throws IOException {
    write("empty.jsonl", "", "");
    assertThatThrownBy(() -> replay("empty.jsonl"))
        .isInstanceOf(InputException.class)
        .hasMessage(dir + "/empty.jsonl is empty; it needs one JSON object per line");
    write("text.jsonl", "time,p");
    assertThatThrownBy(() -> replay("text.jsonl"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(dir + "/text.jsonl, line 1: is no JSON");
  }

  @Test
  void shouldNotTakeWholeRecordsForRows() throws IOException {
    write(
        "records.jsonl",
        "{\"deviceId\":\"d\",\"stream\":\"pump\",\"sequence\":1,\"readings\":{\"values\":[1,2]}}");
    assertThatThrownBy(() -> replay("records.jsonl"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds whole records of telemetry, not rows");
  }

  /** The line stands after the first ones, which say what the columns are. */
  private void refused(String why, String line) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < RowSource.PREVIEW_ROWS; row++) {
      lines.add("{\"time\":0,\"p\":1}");
    }
    lines.add(line);
    write("bad.jsonl", lines.toArray(String[]::new));
    assertThatThrownBy(() -> replay("bad.jsonl"))
        .as(line)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(dir + "/bad.jsonl, line 101")
        .hasMessageContaining(why);
  }

  private ReplayOptions.Builder options(String name) {
    return ReplayOptions.builder("pump", List.of(dir.resolve(name).toString())).window(2, 2);
  }

  private List<Telemetry> replay(String name) {
    return replay(options(name));
  }

  private static List<Telemetry> replay(ReplayOptions.Builder options) {
    List<Telemetry> records = new ArrayList<>();
    try (RowReplay replay = RowReplay.open(options.build())) {
      replay.forEachRemaining(records::add);
    }
    return records;
  }

  private void write(String name, String... lines) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
