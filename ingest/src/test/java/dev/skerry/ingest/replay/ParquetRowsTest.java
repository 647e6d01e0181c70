package dev.skerry.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files of another implementation; see their README. */
class ParquetRowsTest {

  private static final Path FILES = Path.of("src/test/resources/parquet");
  private static final int ROWS = 40;

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "v2", "int96"})
  void shouldReadEveryRowWhateverTheCodecAndThePages(String name) {
    List<Telemetry> records = replay(options(name).window(4, 4));
    assertThat(records).hasSize(ROWS / 4);
    for (int window = 0; window < records.size(); window++) {
      Telemetry record = records.get(window);
      int first = 4 * window;
      assertThat(record.getDeviceId()).isEqualTo("pump-" + name);
      assertThat(record.getEventTime())
          .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plusMillis(250L * (first + 3)));
      assertThat(record.getAttributes())
          .isEqualTo(Map.of("label.anomaly", first % 10 <= 3 ? "1" : "0"));
      assertThat(record.getPayload()).isEqualTo(new Readings(4, 4, 4f, values(first)));
    }
  }

  @Test
  void shouldSayWhatItFoundAndLeaveNestedColumnsOut() {
    try (RowReplay replay = RowReplay.open(options("none").build())) {
      assertThat(replay.description())
          .isEqualTo(
              "1 file; channels: pressure, flow, count, price; time: time (iso); labels: anomaly;"
                  + " not used: note");
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    assertThatThrownBy(() -> replay(options("lz4")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pump-lz4.parquet, row 1, cannot be read: it is compressed with LZ4");
    byte[] whole = Files.readAllBytes(FILES.resolve("pump-snappy.parquet"));
    refused("it is no Parquet file, or was cut off", "time,p\n0,1\n0,1\n".getBytes(UTF_8));
    refused("it is no Parquet file, or was cut off", java.util.Arrays.copyOf(whole, 700));
    refused("it is no Parquet file, or was cut off", new byte[0]);
  }

  @Test
  void shouldRefuseDamagedFilesWithAReasonAndNothingElse() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("pump-snappy.parquet"));
    Random random = new Random(1);
    int refused = 0;
    for (int trial = 0; trial < 500; trial++) {
      byte[] damaged = whole.clone();
      for (int flip = 0; flip < 3; flip++) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Files.write(dir.resolve("damaged.parquet"), damaged);
      try (RowReplay replay =
          RowReplay.open(
              ReplayOptions.builder("pump", List.of(file.toString())).window(1, 1).build())) {
        replay.forEachRemaining(record -> {});
      } catch (InputException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void shouldReadTheSameFromStandardInput() throws IOException {
    byte[] file = Files.readAllBytes(FILES.resolve("pump-snappy.parquet"));
    ReplayOptions.Builder options =
        ReplayOptions.builder("pump", List.of("-")).format(Format.PARQUET).device("pump-snappy");
    List<Telemetry> records = new ArrayList<>();
    try (RowReplay replay =
        RowReplay.open(options.window(4, 4).build(), new ByteArrayInputStream(file))) {
      replay.forEachRemaining(records::add);
    }
    assertThat(records).isEqualTo(replay(options("snappy").window(4, 4)));
  }

  private void refused(String why, byte[] content) throws IOException {
    Path file = Files.write(dir.resolve("bad.parquet"), content);
    assertThatThrownBy(
            () -> replay(ReplayOptions.builder("pump", List.of(file.toString())).window(1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " cannot be read: " + why);
  }

  private static List<Float> values(int first) {
    List<Float> values = new ArrayList<>();
    for (int channel = 0; channel < 4; channel++) {
      for (int row = first; row < first + 4; row++) {
        values.add(
            switch (channel) {
              case 0, 3 -> 0.25f * row;
              case 1 -> 32.5f - row;
              default -> 1000f + row;
            });
      }
    }
    return values;
  }

  private static ReplayOptions.Builder options(String name) {
    String file = FILES.resolve("pump-" + name + ".parquet").toString();
    return ReplayOptions.builder("pump", List.of(file));
  }

  private static List<Telemetry> replay(ReplayOptions.Builder options) {
    List<Telemetry> records = new ArrayList<>();
    try (RowReplay replay = RowReplay.open(options.build())) {
      replay.forEachRemaining(records::add);
    }
    return records;
  }
}
