package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.broker.KafkaNode;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** All of SKAB valve1 through the command, compared with what the files say line by line. */
class SkabReplayIT {

  private static final int SIZE = 60;
  private static final int HOP = 10;

  @Test
  void shouldPutEveryWindowOfEveryFileIntoTheTopicOnceInOrder(@TempDir Path dir) throws Exception {
    List<Path> files = SkabFiles.valve1();
    assertThat(files).hasSize(16);
    Map<String, List<Telemetry>> expected = new HashMap<>();
    for (Path file : files) {
      expected.put(name(file), windows(file));
    }
    try (KafkaNode node = KafkaNode.start(KafkaNode.Settings.of(dir))) {
      TelemetryTopic.create(node);
      String report = replay(SkabFiles.VALVE1.toString(), node);
      Map<String, List<Telemetry>> found =
          TelemetryTopic.read(node).stream().collect(Collectors.groupingBy(Telemetry::getDeviceId));
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach((device, records) -> assertThat(found.get(device)).isEqualTo(records));
      int count = expected.values().stream().mapToInt(List::size).sum();
      assertThat(count).isEqualTo(1729);
      assertThat(report).startsWith("replay: 1,729 records of 16 devices in ");
      System.out.println(report.trim());
    }
  }

  private static String replay(String folder, KafkaNode node) {
    StringWriter out = new StringWriter();
    CommandLine commandLine = IngestMain.commandLine().setOut(new PrintWriter(out));
    int exitCode =
        commandLine.execute(
            "replay",
            folder + "/*.csv",
            "--stream",
            "pump",
            "--size",
            Integer.toString(SIZE),
            "--hop",
            Integer.toString(HOP),
            "--speed",
            "max",
            "--bootstrap",
            node.bootstrapServers());
    assertThat(exitCode).isZero();
    return out.toString();
  }

  /** The windows of one file, by the plainest means. */
  private static List<Telemetry> windows(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String[]> rows =
        lines.stream().skip(1).filter(line -> !line.isBlank()).map(l -> l.split(";")).toList();
    List<Telemetry> windows = new ArrayList<>();
    for (int begin = 0; begin + SIZE <= rows.size(); begin += HOP) {
      windows.add(window(name(file), windows.size(), rows.subList(begin, begin + SIZE)));
    }
    assertThat(windows).hasSize((rows.size() - SIZE) / HOP + 1);
    return windows;
  }

  private static Telemetry window(String device, long sequence, List<String[]> rows) {
    List<Float> values = new ArrayList<>();
    for (int channel = 1; channel <= SkabFiles.CHANNELS.size(); channel++) {
      for (String[] row : rows) {
        values.add(Float.valueOf(row[channel]));
      }
    }
    Instant end = time(rows.get(SIZE - 1));
    boolean even = time(rows.get(0)).plusSeconds(SIZE - 1).equals(end);
    for (int row = 1; row < SIZE; row++) {
      even &= time(rows.get(row - 1)).plusSeconds(1).equals(time(rows.get(row)));
    }
    return Telemetry.newBuilder()
        .setDeviceId(device)
        .setSiteId("local")
        .setStream("pump")
        .setEventTime(end)
        .setSequence(sequence)
        .setAttributes(
            Map.of("label.anomaly", largest(rows, 9), "label.changepoint", largest(rows, 10)))
        .setPayload(new Readings(SkabFiles.CHANNELS.size(), SIZE, even ? 1f : 0f, values))
        .build();
  }

  private static String largest(List<String[]> rows, int column) {
    return rows.stream().anyMatch(row -> row[column].equals("1.0")) ? "1.0" : "0.0";
  }

  private static Instant time(String[] row) {
    return Instant.parse(row[0].replace(' ', 'T') + "Z");
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".csv", "");
  }
}
