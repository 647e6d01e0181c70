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

/** Wrong options and files end a command with one sentence and exit code 2. */
class RefusedCommandsTest {

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private CommandRun command;

  @BeforeEach
  void start() throws IOException {
    command = new CommandRun(dir);
  }

  @Test
  void shouldRefuseOptionsThatAreNotForTheDestination() {
    command.refused(
        "--to names a gateway and --bootstrap or --config are for Kafka; give one of them",
        "simulate",
        "--to",
        "http://127.0.0.1:1",
        "--bootstrap",
        "z:1");
    command.refused(
        "--tokens, --certificates and --ca are for a gateway; name it with --to",
        "simulate",
        "--tokens",
        dir + "/tokens",
        "--bootstrap",
        "z:1");
    command.refused(
        "mqtt://127.0.0.1/devices is no address of a gateway; write http://HOST:PORT",
        "simulate",
        "--to",
        "mqtt://127.0.0.1/devices");
    command.refused(
        "The file " + dir + "/no (--ca) cannot be read",
        "simulate",
        "--to",
        "https://127.0.0.1:1",
        "--ca",
        dir + "/no");
    command.refused(
        "Invalid value for option '--loop': 'often' is no number, nor forever (see ingest replay"
            + " --help)",
        "replay",
        "x",
        "--loop",
        "often");
  }

  @Test
  void shouldRefuseWrongOptions() {
    command.refused("Name a command: gateway, token, replay or simulate (see ingest --help)");
    command.refused(
        "Name the kind of signal with --stream, for example pump", "replay", "x", "--to", "y");
    command.refused(
        "Unknown option: '--sped' (see ingest replay --help)",
        "replay",
        "x",
        "--stream",
        "pump",
        "--sped");
    command.refused(
        "Say where the records go: --bootstrap HOST:PORT for Kafka (127.0.0.1:19092 of a skerry"
            + " up), --to http://HOST:PORT for a gateway, or --to FILE.avro",
        "replay",
        "x",
        "--stream",
        "pump");
    command.refused(
        "--to writes a file and --bootstrap or --config are for Kafka; give one of them",
        "replay",
        "x",
        "--stream",
        "pump",
        "--to",
        "y",
        "--bootstrap",
        "z:1");
    command.refused(
        "--speed is for Kafka, --to writes a file; give one of them",
        "replay",
        "x",
        "--stream",
        "pump",
        "--to",
        "y",
        "--speed",
        "max");
    command.refused(
        "The speed 'fast' is not recorded, max or a factor such as 10x",
        "replay",
        "x",
        "--stream",
        "pump",
        "--speed",
        "fast");
    command.refused(
        "The file " + dir + "/no (--config) cannot be read",
        "replay",
        "x",
        "--stream",
        "pump",
        "--config",
        dir + "/no");
    command.refused(
        "--duration is for Kafka; say --windows or --frames for a file",
        "simulate",
        "--to",
        dir + "/y",
        "--duration",
        "5s");
    command.refused(
        "--windows, --frames and --start are for a file; say --duration for Kafka",
        "simulate",
        "--bootstrap",
        "z:1",
        "--windows",
        "5");
    command.refused(
        "machines must be 1 or more, not 0", "simulate", "--to", dir + "/y", "--machines", "0");
    command.refused(
        "faultyShare must be from 0 to 1", "simulate", "--to", dir + "/y", "--fault-share", "1.5");
    command.refused("cameras must be 1 or more, not 0", "simulate", "--images", dir + "/y");
    command.refused(
        "--images writes the frames of cameras and nothing else",
        "simulate",
        "--images",
        dir + "/y",
        "--machines",
        "5");
    command.refused(
        "--frame-rate must be above 0 and up to 1000, not 0.0",
        "simulate",
        "--bootstrap",
        "z:1",
        "--cameras",
        "1",
        "--frame-rate",
        "0");
    command.refused(
        "JPEG quality must be above 0 and up to 1: 7.0",
        "simulate",
        "--to",
        dir + "/y",
        "--cameras",
        "1",
        "--jpeg-quality",
        "7");
    command.refused(
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
    command.write("empty.csv");
    Files.writeString(dir.resolve("nothing.csv"), "");
    command.write("header.csv", "time,p,q,anomaly");
    command.write("twice.csv", "time,p,p");
    command.write("words.csv", "name,place", "a,b");
    command.write("other.csv", "time,p,pressure", "0,1,2");
    command.write("cell.csv", "time,p,q,anomaly", "0,1,2,0", "1,3,x,0", "2,5,6,0");
    command.write("first.csv", "time,p,q,anomaly", "0,,2,0", "1,3,4,0", "2,5,6,0");
    command.write("back.csv", "time,p,q,anomaly", "5,1,2,0", "4,3,4,0", "6,5,6,0");
    command.write("short.csv", "time,p,q,anomaly", "0,1,2,0", "1,3");
    command.write("odd.csv", "time,p", "noon,1", "one,2");
    command.write("quote.csv", "time,p", "0,\"1", "1,2");
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
    command.write("other.csv", "time,p,pressure,anomaly", "0,1,2,0");
    int exitCode =
        command.run(
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
    assertThat(command.err.toString())
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
    command.refused(sentence, args.toArray(String[]::new));
  }
}
