package dev.skerry.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows come from: compressed files, standard input, and the same files again. */
class InputsTest {

  @TempDir Path dir;

  @Test
  void shouldUnpackFilesAndNameDevicesWithoutEitherSuffix() throws IOException {
    Files.write(dir.resolve("pump-7.csv.gz"), packed("time,p\n0,1\n1,2\n"));
    Files.write(dir.resolve("pump-8.jsonl.gz"), packed("{\"time\":0,\"p\":3}\n"));
    assertThat(values(ReplayOptions.builder("pump", List.of(dir.toString())), "")).hasSize(3);
    assertThat(replay(ReplayOptions.builder("pump", List.of(dir.toString())).window(1, 1), ""))
        .extracting(Telemetry::getDeviceId)
        .containsOnly("pump-7", "pump-8");
  }

  @Test
  void shouldSayThatACompressedFileIsCutOff() throws IOException {
    byte[] whole = packed("time,p\n0,1\n".repeat(1000));
    Path file = Files.write(dir.resolve("a.csv.gz"), Arrays.copyOf(whole, whole.length - 9));
    assertThatThrownBy(() -> values(ReplayOptions.builder("pump", List.of(file.toString())), ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + " is compressed and damaged or cut off");
  }

  @Test
  void shouldReadStandardInputInWhateverFormatItIs() throws IOException {
    ReplayOptions.Builder options = ReplayOptions.builder("pump", List.of("-"));
    assertThat(values(options, "time,p\n0,1\n1,2\n2,3\n")).containsExactly(1f, 2f, 3f);
    assertThat(values(options, "\n {\"time\":0,\"p\":1}\n{\"time\":1,\"p\":2}\n"))
        .containsExactly(1f, 2f);
    assertThat(replay(options.window(1, 1), new ByteArrayInputStream(packed("time,p\n0,9\n"))))
        .extracting(Telemetry::getDeviceId)
        .containsExactly("stdin");
  }

  @Test
  void shouldSendWhatHasComeBeforeStandardInputEnds() throws IOException {
    try (PipedInputStream in = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(in)) {
      StringBuilder rows = new StringBuilder("time,p\n");
      for (int row = 0; row < 40; row++) {
        rows.append(row).append(',').append(row).append('\n');
      }
      out.write(rows.toString().getBytes(UTF_8));
      out.flush();
      ReplayOptions options = ReplayOptions.builder("pump", List.of("-")).window(1, 1).build();
      try (RowReplay replay = RowReplay.open(options, in)) {
        assertThat(replay.next().getSequence()).isZero();
        assertThat(replay.fractionRead()).isEmpty();
      }
    }
  }

  @Test
  void shouldReplayTheFilesAgainWithTimesAndSequencesThatGoOn() throws IOException {
    Files.writeString(dir.resolve("a.csv"), "time,p\n1600000000,1\n1600000010,2\n");
    Files.writeString(dir.resolve("b.csv"), "time,p\n1600000005,3\n1600000008,4\n");
    List<Telemetry> records =
        replay(ReplayOptions.builder("pump", List.of(dir.toString())).window(1, 1).passes(3), "");
    assertThat(records)
        .extracting(
            r ->
                r.getDeviceId()
                    + r.getSequence()
                    + "@"
                    + (r.getEventTime().getEpochSecond() - 1_600_000_000))
        .containsExactly(
            "a0@0", "b0@5", "b1@8", "a1@10", "a2@20", "b2@25", "b3@28", "a3@30", "a4@40", "b4@45",
            "b5@48", "a5@50");
  }

  @Test
  void shouldReplayForEverUntilTheLimit() throws IOException {
    Files.writeString(dir.resolve("a.csv"), "time,p\n1600000000,1\n1600000001,2\n");
    List<Telemetry> records =
        replay(
            ReplayOptions.builder("pump", List.of(dir.toString()))
                .window(2, 2)
                .passes(ReplayOptions.FOR_EVER)
                .limit(1000),
            "");
    assertThat(records).hasSize(1000);
    assertThat(records.get(999).getEventTime()).isAfter(Instant.ofEpochSecond(1_600_000_000 + 999));
  }

  @Test
  void shouldRefuseToReadStandardInputTwice() {
    assertThatThrownBy(
            () -> values(ReplayOptions.builder("pump", List.of("-")).passes(2), "p\n1\n"))
        .isInstanceOf(InputException.class)
        .hasMessage("Standard input can be read only once; leave --loop out");
  }

  private static List<Float> values(ReplayOptions.Builder options, String standardInput) {
    return replay(options.window(1, 1), standardInput).stream()
        .flatMap(record -> ((Readings) record.getPayload()).getValues().stream())
        .toList();
  }

  private static List<Telemetry> replay(ReplayOptions.Builder options, String standardInput) {
    return replay(options, new ByteArrayInputStream(standardInput.getBytes(UTF_8)));
  }

  private static List<Telemetry> replay(ReplayOptions.Builder options, InputStream standardInput) {
    List<Telemetry> records = new ArrayList<>();
    try (RowReplay replay = RowReplay.open(options.build(), standardInput)) {
      Iterator<Telemetry> source = replay;
      source.forEachRemaining(records::add);
    }
    return records;
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
