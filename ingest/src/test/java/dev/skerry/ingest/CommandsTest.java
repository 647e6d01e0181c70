package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void goodFile() throws IOException {
    write("good.csv", "time,p,q,anomaly", "0,1,2,0", "1,3,4,0", "2,5,6,1");
  }

  @Test
  void shouldWriteAReplayIntoAFileAndSumItUp() {
    assertThat(replay("good.csv", "--size", "2", "--to", dir + "/t.avro")).isEqualTo(ExitCode.OK);
    assertThat(dir.resolve("t.avro")).isNotEmptyFile();
    assertThat(err.toString())
        .isEqualTo("replay: 1 file; channels: p, q; time: time (elapsed-s); labels: anomaly\n");
    assertThat(out.toString())
        .startsWith("replay: 1 records of 1 devices in ")
        .endsWith("windows per device: good=1; 1 rows at the ends of files filled no window\n");
  }

  @Test
  void shouldWriteASimulationIntoAFile() {
    int exitCode =
        run(
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
    assertThat(out.toString()).startsWith("simulate: 12 records of 3 devices in ");
  }

  @Test
  void shouldWriteMachinesAndCamerasIntoOneFile() {
    int exitCode =
        run(
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
    assertThat(out.toString())
        .startsWith("simulate: 12 records of 4 devices in ")
        .contains("camera-000=3");
  }

  @Test
  void shouldWriteFramesAsImagesWithTheirLabels() throws IOException {
    int exitCode =
        run(
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
    refused("frames is there already", "simulate", "--images", dir + "/frames", "--cameras", "1");
  }

  @Test
  void shouldReportSkippedRows() throws IOException {
    write("gaps.csv", "time,p", "0,1", "1,2", "2,n/a", "3,4");
    int exitCode = replay("gaps.csv", "--size", "1", "--skip-bad-rows", "--to", dir + "/t.avro");
    assertThat(exitCode).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains(
            "replay: 1 bad rows skipped; the first: " + dir + "/gaps.csv, line 4, column 'p'");
  }

  @Test
  void shouldWritePumpsIntoAFile() {
    int exitCode =
        run(
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
    assertThat(out.toString())
        .startsWith("simulate: 6 records of 2 devices in ")
        .endsWith("windows per device: pump-000=3, pump-001=3\n");
  }

  @Test
  void shouldReplayTheFilesSoOften() {
    assertThat(replay("good.csv", "--size", "1", "--loop", "3", "--to", dir + "/t.avro"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("replay: 9 records of 1 devices in ");
  }

  @Test
  void shouldRefuseOptionsThatAreNotForTheDestination() {
    refused(
        "--to names a gateway and --bootstrap or --config are for Kafka; give one of them",
        "simulate",
        "--to",
        "http://127.0.0.1:1",
        "--bootstrap",
        "z:1");
    refused(
        "--tokens and --ca are for a gateway; name it with --to",
        "simulate",
        "--tokens",
        dir + "/tokens",
        "--bootstrap",
        "z:1");
    refused(
        "mqtt://127.0.0.1/devices is no address of a gateway; write http://HOST:PORT",
        "simulate",
        "--to",
        "mqtt://127.0.0.1/devices");
    refused(
        "The file " + dir + "/no (--ca) cannot be read",
        "simulate",
        "--to",
        "https://127.0.0.1:1",
        "--ca",
        dir + "/no");
    refused(
        "Invalid value for option '--loop': 'often' is no number, nor forever (see ingest replay"
            + " --help)",
        "replay",
        "x",
        "--loop",
        "often");
  }

  @Test
  void shouldRefuseWrongOptions() {
    refused("Name a command: gateway, token, replay or simulate (see ingest --help)");
    refused("Name the kind of signal with --stream, for example pump", "replay", "x", "--to", "y");
    refused(
        "Unknown option: '--sped' (see ingest replay --help)",
        "replay",
        "x",
        "--stream",
        "pump",
        "--sped");
    refused(
        "Say where the records go: --bootstrap HOST:PORT for Kafka, or --to FILE.avro",
        "replay",
        "x",
        "--stream",
        "pump");
    refused(
        "--to writes a file and --bootstrap or --config are for Kafka; give one of them",
        "replay",
        "x",
        "--stream",
        "pump",
        "--to",
        "y",
        "--bootstrap",
        "z:1");
    refused(
        "--speed is for Kafka, --to writes a file; give one of them",
        "replay",
        "x",
        "--stream",
        "pump",
        "--to",
        "y",
        "--speed",
        "max");
    refused(
        "The speed 'fast' is not recorded, max or a factor such as 10x",
        "replay",
        "x",
        "--stream",
        "pump",
        "--speed",
        "fast");
    refused(
        "The file " + dir + "/no (--config) cannot be read",
        "replay",
        "x",
        "--stream",
        "pump",
        "--config",
        dir + "/no");
    refused(
        "--duration is for Kafka; say --windows or --frames for a file",
        "simulate",
        "--to",
        dir + "/y",
        "--duration",
        "5s");
    refused(
        "--windows, --frames and --start are for a file; say --duration for Kafka",
        "simulate",
        "--bootstrap",
        "z:1",
        "--windows",
        "5");
    refused("machines must be 1 or more, not 0", "simulate", "--to", dir + "/y", "--machines", "0");
    refused(
        "faultyShare must be from 0 to 1", "simulate", "--to", dir + "/y", "--fault-share", "1.5");
    refused("cameras must be 1 or more, not 0", "simulate", "--images", dir + "/y");
    refused(
        "--images writes the frames of cameras and nothing else",
        "simulate",
        "--images",
        dir + "/y",
        "--machines",
        "5");
    refused(
        "--frame-rate must be above 0 and up to 1000, not 0.0",
        "simulate",
        "--bootstrap",
        "z:1",
        "--cameras",
        "1",
        "--frame-rate",
        "0");
    refused(
        "JPEG quality must be above 0 and up to 1: 7.0",
        "simulate",
        "--to",
        dir + "/y",
        "--cameras",
        "1",
        "--jpeg-quality",
        "7");
    refused(
        "'soon' is no duration such as 500ms, 10s or 5m",
        "simulate",
        "--to",
        dir + "/y",
        "--interval",
        "soon");
  }

  @Test
  void shouldRefuseOptionsThatCannotBeForTheseFiles() {
    refusedReplay("--size is 0; a window has 1 to", "good.csv", "--size", "0");
    refusedReplay("--hop is 0", "good.csv", "--hop", "0");
    refusedReplay("--limit is below 1", "good.csv", "--limit", "0");
    refusedReplay(
        "--interval and --time-column exclude each other",
        "good.csv",
        "--interval",
        "1s",
        "--time-column",
        "time");
    refusedReplay(
        "--device and --device-column exclude each other",
        "good.csv",
        "--device",
        "d",
        "--device-column",
        "p");
    refusedReplay("'::' is not one character, nor tab", "good.csv", "--delimiter", "::");
    refusedReplay(
        "has no column 'r' (--channels); its columns are time, p, q, anomaly",
        "good.csv",
        "--channels",
        "p,r");
    refusedReplay("has no column 'r' (--labels)", "good.csv", "--labels", "r");
    refusedReplay("has no column 'when' (--time-column)", "good.csv", "--time-column", "when");
    refusedReplay("has no column 'id' (--device-column)", "good.csv", "--device-column", "id");
    refusedReplay("The column 'p' is named twice", "good.csv", "--channels", "p", "--labels", "p");
    refusedReplay(
        "Not one window was full: a window has 60 rows (--size), the longest file has 3",
        "good.csv");
    refusedReplay(
        "--time-format 'nope' is not iso".replace("'", ""), "good.csv", "--time-format", "nope");
  }

  @Test
  void shouldRefuseFilesThatCannotBeReplayed() throws IOException {
    write("empty.csv");
    Files.writeString(dir.resolve("nothing.csv"), "");
    write("header.csv", "time,p,q,anomaly");
    write("twice.csv", "time,p,p");
    write("words.csv", "name,place", "a,b");
    write("other.csv", "time,p,pressure", "0,1,2");
    write("cell.csv", "time,p,q,anomaly", "0,1,2,0", "1,3,x,0", "2,5,6,0");
    write("first.csv", "time,p,q,anomaly", "0,,2,0", "1,3,4,0", "2,5,6,0");
    write("back.csv", "time,p,q,anomaly", "5,1,2,0", "4,3,4,0", "6,5,6,0");
    write("short.csv", "time,p,q,anomaly", "0,1,2,0", "1,3");
    write("odd.csv", "time,p", "noon,1", "one,2");
    write("quote.csv", "time,p", "0,\"1", "1,2");
    refusedReplay("There is no file " + dir + "/none.csv", "none.csv");
    refusedReplay("No file matches " + dir + "/z*.csv", "z*.csv");
    refusedReplay("empty.csv is empty; it needs a header line", "empty.csv");
    refusedReplay("nothing.csv is empty; it needs a header line", "nothing.csv");
    refusedReplay("header.csv has columns but no rows", "header.csv");
    refusedReplay("twice.csv, line 1: two columns are named 'p'", "twice.csv");
    refusedReplay("words.csv has no numeric column", "words.csv");
    refusedReplay("cell.csv, line 3, column 'q': 'x' is not a number", "cell.csv");
    refusedReplay("first.csv, line 2, column 'p': the cell is empty", "first.csv");
    refusedReplay(
        "back.csv, line 3, column 'time': '4' is before the time of the row above", "back.csv");
    refusedReplay("short.csv, line 3: has 2 cells where the header has 4", "short.csv");
    refusedReplay("odd.csv, line 2, column 'time': 'noon' is in no known time format", "odd.csv");
    refusedReplay("quote.csv cannot be read (near line 2)", "quote.csv");
    assertThat(Files.exists(dir.resolve("t.avro"))).isFalse();
  }

  @Test
  void shouldRefuseFilesWithOtherColumnsBeforeAnythingIsWritten() throws IOException {
    write("other.csv", "time,p,pressure,anomaly", "0,1,2,0");
    int exitCode =
        run(
            "replay",
            dir + "/good.csv",
            dir + "/other.csv",
            "--stream",
            "pump",
            "--size",
            "1",
            "--to",
            dir + "/t.avro");
    assertThat(exitCode).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualTo(
            "replay: "
                + dir
                + "/other.csv has other columns than the first file: it lacks q and it adds"
                + " pressure; replay files with the same columns together\n");
  }

  private void refusedReplay(String sentence, String file, String... options) {
    List<String> args = new ArrayList<>(List.of("replay", dir + "/" + file, "--stream", "pump"));
    args.addAll(List.of("--to", dir + "/t.avro"));
    args.addAll(List.of(options));
    refused(sentence, args.toArray(String[]::new));
  }

  private void refused(String sentence, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(sentence).isEqualTo(ExitCode.USAGE);
    List<String> lines =
        err.toString().lines().filter(line -> !line.matches("replay: \\d+ files?; .*")).toList();
    assertThat(lines).as("one sentence: %s", err).singleElement().asString().contains(sentence);
    assertThat(lines.get(0)).doesNotContain("Exception");
  }

  private int replay(String file, String... options) {
    List<String> args = new ArrayList<>(List.of("replay", dir + "/" + file, "--stream", "pump"));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  private int run(String... args) {
    CommandLine commandLine = IngestMain.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
  }
}
