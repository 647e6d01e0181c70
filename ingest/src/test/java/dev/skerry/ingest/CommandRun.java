package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Runs commands on files in a directory, as a user would, and keeps what they print. */
final class CommandRun {

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  private final Path dir;

  /** One with the good file {@code good.csv}. */
  CommandRun(Path dir) throws IOException {
    this.dir = dir;
    write("good.csv", "time,p,q,anomaly", "0,1,2,0", "1,3,4,0", "2,5,6,1");
  }

  void refused(String sentence, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).as(sentence).isEqualTo(ExitCode.USAGE);
    List<String> lines =
        err.toString().lines().filter(line -> !line.matches("replay: \\d+ files?; .*")).toList();
    assertThat(lines).as("one sentence: %s", err).singleElement().asString().contains(sentence);
    assertThat(lines.get(0)).doesNotContain("Exception");
  }

  int run(String... args) {
    CommandLine commandLine = IngestMain.commandLine();
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return commandLine.execute(args);
  }

  void write(String name, String... lines) throws IOException {
    Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
  }
}
