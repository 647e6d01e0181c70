package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands write into files. */
class CommandsTest {

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private CommandRun command;

  @BeforeEach
  void start() throws IOException {
    command = new CommandRun(dir);
  }

  @Test
  void shouldWriteAReplayIntoAFileAndSumItUp() {
    assertThat(replay("good.csv", "--size", "2", "--to", dir + "/t.avro")).isEqualTo(ExitCode.OK);
    assertThat(dir.resolve("t.avro")).isNotEmptyFile();
    assertThat(command.err.toString())
        .isEqualTo("replay: 1 file; channels: p, q; time: time (elapsed-s); labels: anomaly\n");
    assertThat(command.out.toString())
        .startsWith("replay: 1 records of 1 devices in ")
        .endsWith("windows per device: good=1; 1 rows at the ends of files filled no window\n");
  }

  @Test
  void shouldWriteASimulationIntoAFile() {
    int exitCode =
        command.run(
            "simulate",
            "--machines",
            "3",
            "--windows",
            "4",
            "--population",
            "held_out",
            "--to",
            dir + "/t.avro");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(command.out.toString()).startsWith("simulate: 12 records of 3 devices in ");
  }

  @Test
  void shouldWriteMachinesAndCamerasIntoOneFile() {
    int exitCode =
        command.run(
            "simulate",
            "--machines",
            "2",
            "--windows",
            "3",
            "--cameras",
            "2",
            "--frames",
            "3",
            "--to",
            dir + "/t.avro");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(command.out.toString())
        .startsWith("simulate: 12 records of 4 devices in ")
        .contains("camera-000=3");
  }

  @Test
  void shouldWriteFramesAsImagesWithTheirLabels() throws IOException {
    int exitCode =
        command.run(
            "simulate",
            "--images",
            dir + "/frames",
            "--cameras",
            "2",
            "--frames",
            "3",
            "--population",
            "training",
            "--frame-size",
            "32");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    List<String> labels = Files.readAllLines(dir.resolve("frames/labels.csv"));
    assertThat(labels).hasSize(7).first().isEqualTo("file,device,label");
    assertThat(labels.subList(1, 7))
        .allMatch(
            line ->
                line.matches(
                    "(camera-train-00[01])/00000[012]\\.jpg,\\1,(ok|scratch|dent|stain|crack)"))
        .allMatch(
            line ->
                Files.exists(dir.resolve("frames").resolve(line.substring(0, line.indexOf(',')))));
    command.refused(
        "frames is there already", "simulate", "--images", dir + "/frames", "--cameras", "1");
  }

  @Test
  void shouldReportSkippedRows() throws IOException {
    command.write("gaps.csv", "time,p", "0,1", "1,2", "2,n/a", "3,4");
    int exitCode = replay("gaps.csv", "--size", "1", "--skip-bad-rows", "--to", dir + "/t.avro");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(command.out.toString())
        .contains(
            "replay: 1 bad rows skipped; the first: " + dir + "/gaps.csv, line 4, column 'p'");
  }

  @Test
  void shouldWritePumpsIntoAFile() {
    int exitCode =
        command.run(
            "simulate",
            "--machines",
            "0",
            "--pumps",
            "2",
            "--windows",
            "3",
            "--to",
            dir + "/p.avro");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(command.out.toString())
        .startsWith("simulate: 6 records of 2 devices in ")
        .endsWith("windows per device: pump-000=3, pump-001=3\n");
  }

  @Test
  void shouldReplayTheFilesSoOften() {
    assertThat(replay("good.csv", "--size", "1", "--loop", "3", "--to", dir + "/t.avro"))
        .isEqualTo(ExitCode.OK);
    assertThat(command.out.toString()).startsWith("replay: 9 records of 1 devices in ");
  }

  private int replay(String file, String... options) {
    List<String> args = new ArrayList<>(List.of("replay", dir + "/" + file, "--stream", "pump"));
    args.addAll(List.of(options));
    return command.run(args.toArray(String[]::new));
  }
}
