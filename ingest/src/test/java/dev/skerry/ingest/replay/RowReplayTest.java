package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReplayTest {

  @TempDir Path dir;

  @Test
  void shouldMakeWindowsOfRowsChannelByChannel() throws IOException {
    write(
        "pump-1.csv",
        "datetime;p;q;note;anomaly",
        "2020-03-09 10:00:00;1;10;x;0.0",
        "2020-03-09 10:00:01;2;20;x;1.0",
        "2020-03-09 10:00:02;3;30;x;0.0",
        "2020-03-09 10:00:04;4;40;x;0.0",
        "2020-03-09 10:00:05;5;50;x;0.0");
    List<Telemetry> records = replay(options("pump-1.csv").window(2, 2).site("north"));

    assertThat(records).hasSize(2);
    Telemetry first = records.get(0);
    assertThat(first.getDeviceId()).isEqualTo("pump-1");
    assertThat(first.getSiteId()).isEqualTo("north");
    assertThat(first.getStream()).isEqualTo("pump");
    assertThat(first.getEventTime()).isEqualTo(Instant.parse("2020-03-09T10:00:01Z"));
    assertThat(first.getSequence()).isZero();
    assertThat(first.getBootEpoch()).isZero();
    assertThat(first.getAttributes()).isEqualTo(Map.of("label.anomaly", "1.0"));
    assertThat(first.getPayload()).isEqualTo(new Readings(2, 2, 1f, List.of(1f, 2f, 10f, 20f)));
    Telemetry second = records.get(1);
    assertThat(second.getSequence()).isEqualTo(1);
    assertThat(second.getAttributes()).isEqualTo(Map.of("label.anomaly", "0.0"));
    assertThat(second.getPayload()).isEqualTo(new Readings(2, 2, 0.5f, List.of(3f, 4f, 30f, 40f)));
  }

  @Test
  void shouldSayWhatItFoundAndWhatItLeftOut() throws IOException {
    write("a.csv", "ts,p,note,anomaly", "1583748873,1,x,0", "1583748874,2,x,0", "1583748875,3,,0");
    try (RowReplay replay = RowReplay.open(options("a.csv").window(2, 2).build())) {
      assertThat(replay.description())
          .isEqualTo("1 file; channels: p; time: ts (epoch-s); labels: anomaly; not used: note");
      replay.forEachRemaining(record -> {});
      assertThat(replay.counts().rows()).isEqualTo(3);
      assertThat(replay.counts().tailRows()).isEqualTo(1);
      assertThat(replay.fractionRead()).hasValue(1.0);
    }
  }

  @Test
  void shouldKeepTheOrderOfNamedChannels() throws IOException {
    write("a.csv", "time,p,q,r", "0,1,2,3");
    List<Telemetry> records = replay(options("a.csv").window(1, 1).channels(List.of("r", "p")));
    assertThat(records.get(0).getPayload()).isEqualTo(new Readings(2, 1, 0f, List.of(3f, 1f)));
  }

  @Test
  void shouldSpaceRowsByTheIntervalWhereThereAreNoTimes() throws IOException {
    write("a.csv", "p", "1", "2", "3", "4");
    List<Telemetry> records =
        replay(
            options("a.csv")
                .window(2, 1)
                .start(Instant.parse("2026-01-01T00:00:00Z"))
                .interval(Duration.ofMillis(250)));
    assertThat(records)
        .extracting(Telemetry::getEventTime)
        .containsExactly(
            Instant.parse("2026-01-01T00:00:00.250Z"),
            Instant.parse("2026-01-01T00:00:00.500Z"),
            Instant.parse("2026-01-01T00:00:00.750Z"));
    assertThat(((Readings) records.get(0).getPayload()).getSampleRateHz()).isEqualTo(4f);
  }

  @Test
  void shouldMergeFilesInTheOrderOfEventTimesAndOfFilesWhereThoseAreEqual() throws IOException {
    write("late.csv", "time,p", rows(1_600_000_100, 1, 4));
    write("b.csv", "time,p", rows(1_600_000_000, 2, 4));
    write("a.csv", "time,p", rows(1_600_000_001, 2, 3));
    write("same.csv", "time,p", rows(1_600_000_000, 2, 2));
    List<Telemetry> records =
        replay(options("late.csv", "b.csv", "a.csv", "same.csv").window(1, 1));
    assertThat(records)
        .extracting(r -> r.getDeviceId() + ":" + r.getSequence())
        .containsExactly(
            "b:0", "same:0", "a:0", "b:1", "same:1", "a:1", "b:2", "a:2", "b:3", "late:0", "late:1",
            "late:2", "late:3");
  }

  @Test
  void shouldGiveTheSameRecordsEachTime() throws IOException {
    write("a.csv", "time,p,label", rows(1_600_000_000, 1, 50).replaceAll("(?m)$", ",x"));
    write("b.csv", "time,p,label", rows(1_600_000_010, 1, 50).replaceAll("(?m)$", ",y"));
    ReplayOptions.Builder options = options("a.csv", "b.csv").window(7, 3);
    assertThat(replay(options)).isEqualTo(replay(options));
  }

  @Test
  void shouldNotLetAWindowCrossFilesOfOneDevice() throws IOException {
    write("mon.csv", "time,p", rows(1_600_000_000, 1, 5));
    write("tue.csv", "time,p", rows(1_600_000_100, 1, 5));
    List<Telemetry> records = replay(options("tue.csv", "mon.csv").device("press").window(2, 2));
    assertThat(records).extracting(Telemetry::getDeviceId).containsOnly("press");
    assertThat(records).extracting(Telemetry::getSequence).containsExactly(0L, 1L, 2L, 3L);
    assertThat(records)
        .extracting(r -> ((Readings) r.getPayload()).getValues())
        .containsExactly(List.of(0f, 1f), List.of(2f, 3f), List.of(0f, 1f), List.of(2f, 3f));
  }

  @Test
  void shouldKeepTheDevicesOfAColumnApart() throws IOException {
    write(
        "all.csv",
        "id,time,p",
        "x,1600000000,1",
        "y,1600000000,7",
        "x,1600000001,2",
        "y,1600000001,8",
        "x,1600000002,3");
    List<Telemetry> records = replay(options("all.csv").deviceColumn("id").window(2, 1));
    assertThat(records)
        .extracting(
            r -> r.getDeviceId() + r.getSequence() + ((Readings) r.getPayload()).getValues())
        .containsExactly("x0[1.0, 2.0]", "y0[7.0, 8.0]", "x1[2.0, 3.0]");
  }

  @Test
  void shouldReadByteOrderMarkWindowsLineEndsQuotesAndBlankLines() throws IOException {
    Files.writeString(
        dir.resolve("a.csv"),
        "\uFEFFtime;\"p; in bar\"\r\n2020-03-09 10:00:00;\"1.5\"\r\n\r\n2020-03-09 10:00:01; 2 \r\n");
    List<Telemetry> records = replay(options("a.csv").window(2, 2));
    assertThat(records.get(0).getPayload()).isEqualTo(new Readings(1, 2, 1f, List.of(1.5f, 2f)));
  }

  @Test
  void shouldReadOtherEncodings() throws IOException {
    Files.write(
        dir.resolve("a.csv"), "time,T \u00b0C\n0,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> replay(options("a.csv")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--charset");
    assertThat(replay(options("a.csv").charset(StandardCharsets.ISO_8859_1).window(1, 1)))
        .hasSize(1);
  }

  @Test
  void shouldStopAtABadRowWithItsPosition() throws IOException {
    write("a.csv", "time,p", "0,1", "1,2", "2,oops", "3,4");
    try (RowReplay replay = RowReplay.open(options("a.csv").window(1, 1).build())) {
      assertThat(replay.next().getSequence()).isZero();
      assertThatThrownBy(() -> replay.forEachRemaining(record -> {}))
          .isInstanceOf(InputException.class)
          .hasMessage(
              dir
                  + "/a.csv, line 4, column 'p': 'oops' is not a number; correct it, or skip such"
                  + " rows with --skip-bad-rows");
    }
  }

  @Test
  void shouldSkipAndCountBadRowsWhenAskedTo() throws IOException {
    write("a.csv", "time,p", "x,1", "0,1", "1,", "2,3,4", "1,5", "0,6", "3,7");
    try (RowReplay replay =
        RowReplay.open(options("a.csv").window(1, 1).skipBadRows(true).build())) {
      List<Float> values = new ArrayList<>();
      replay.forEachRemaining(r -> values.addAll(((Readings) r.getPayload()).getValues()));
      assertThat(values).containsExactly(1f, 5f, 7f);
      assertThat(replay.counts().skippedRows()).isEqualTo(4);
      assertThat(replay.counts().firstSkipped().orElseThrow())
          .startsWith(dir + "/a.csv, line 2, column 'time': 'x' is not a time");
    }
  }

  @Test
  void shouldEndAtTheLimit() throws IOException {
    write("a.csv", "time,p", rows(0, 1, 100));
    assertThat(replay(options("a.csv").window(2, 1).limit(5))).hasSize(5);
  }

  @Test
  void shouldNameDevicesAfterTheirFolders() throws IOException {
    Files.createDirectories(dir.resolve("v1"));
    Files.createDirectories(dir.resolve("v2"));
    write("v1/0.csv", "time,p", "0,1");
    write("v2/0.csv", "time,p", "0,1");
    ReplayOptions.Builder options = options("v1/0.csv", "v2/0.csv").window(1, 1);
    assertThatThrownBy(() -> replay(options))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("would both be the device '0'; use --device '{folder}-{file}'");
    assertThat(replay(options.device("{folder}-{file}")))
        .extracting(Telemetry::getDeviceId)
        .containsExactly("v1-0", "v2-0");
  }

  @Test
  void shouldReadFilesWithTheSameColumnsInAnotherOrder() throws IOException {
    write("a.csv", "time,p,q", "0,1,2");
    write("b.csv", "q,time,p", "2,0,1");
    assertThat(replay(options("a.csv", "b.csv").window(1, 1)))
        .extracting(Telemetry::getPayload)
        .containsOnly(new Readings(2, 1, 0f, List.of(1f, 2f)));
  }

  private ReplayOptions.Builder options(String... names) {
    List<String> files = List.of(names).stream().map(n -> dir.resolve(n).toString()).toList();
    return ReplayOptions.builder("pump", files);
  }

  private static List<Telemetry> replay(ReplayOptions.Builder options) {
    List<Telemetry> records = new ArrayList<>();
    try (RowReplay replay = RowReplay.open(options.build())) {
      replay.forEachRemaining(records::add);
    }
    return records;
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
  }

  /** Rows of a time in seconds and the row's number. */
  private static String rows(long firstSecond, long stepSeconds, int count) {
    return IntStream.range(0, count)
        .mapToObj(row -> (firstSecond + row * stepSeconds) + "," + row)
        .collect(Collectors.joining("\n"));
  }
}
