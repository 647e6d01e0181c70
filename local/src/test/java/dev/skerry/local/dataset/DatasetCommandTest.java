package dev.skerry.local.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.retrain.dataset.DatasetManifest;
import dev.skerry.retrain.dataset.DatasetManifest.Counts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DatasetCommandTest {

  @TempDir private Path dir;
  private final StringWriter out = new StringWriter();

  @BeforeEach
  void makeTwoVersions() throws IOException {
    write(1, 3);
    write(2, 5);
  }

  @Test
  void shouldListWhatThereIs() throws Exception {
    run("list");
    assertThat(out.toString())
        .contains("stream", "validation")
        .containsPattern("vibration +1 +3 +0 +1")
        .containsPattern("vibration +2 +5 +0 +1");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void shouldShowTheLatestUnlessAnotherIsNamed() throws Exception {
    run("show", "vibration");
    assertThat(out.toString()).contains("vibration 2 in").containsPattern("normal +5 +0");
    run("show", "vibration", "1", "--json");
    assertThat(out.toString()).contains("\"version\":1");
  }

  @Test
  void shouldListForProgramsAnObjectALine() throws Exception {
    run("list", "--json");
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  @Test
  void shouldSayThatNoneWasMadeYet() throws Exception {
    Files.move(dir.resolve("datasets"), dir.resolve("elsewhere"));
    run("list");
    assertThat(out.toString()).contains("no dataset in", "retraining makes them");
    assertThatThrownBy(() -> run("show", "pump")).hasMessageContaining("retraining makes them");
  }

  @Test
  void shouldExportOnceAndNotOverWhatIsThere() throws Exception {
    Path target = dir.resolve("copies").resolve("one");
    run("export", "vibration", "1", "--to", target.toString());
    assertThat(DatasetManifest.read(target).version()).isEqualTo(1);
    assertThatThrownBy(() -> run("export", "vibration", "1", "--to", target.toString()))
        .hasRootCauseInstanceOf(java.nio.file.FileAlreadyExistsException.class)
        .hasMessageContaining("name another one with --to");
  }

  @Test
  void shouldCompareTwoVersions() throws Exception {
    run("diff", "vibration", "1");
    assertThat(out.toString()).contains("from version 1 to 2", "added 0", "relabelled 0");
  }

  @Test
  void shouldSayWhatThereIsWhereSomethingElseIsAskedFor() {
    assertThatThrownBy(() -> run("show", "vibration", "9"))
        .isInstanceOf(SiteRefusedException.class)
        .hasMessageContaining("no version 9 of the dataset vibration")
        .hasMessageContaining("there are [1, 2]");
    assertThatThrownBy(() -> run("show", "pump"))
        .hasMessageContaining("no dataset of the stream pump")
        .hasMessageContaining("[vibration]");
  }

  private void run(String... args) throws Exception {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "--directory";
    all[args.length + 1] = dir.resolve("datasets").toString();
    Exception[] failure = new Exception[1];
    int code =
        new CommandLine(new DatasetCommand())
            .setOut(new PrintWriter(out, true))
            .setExecutionExceptionHandler(
                (e, line, result) -> {
                  failure[0] = e;
                  return 2;
                })
            .execute(all);
    if (failure[0] != null) {
      throw failure[0];
    }
    assertThat(code).isZero();
  }

  private void write(int version, long samples) throws IOException {
    Path directory =
        Files.createDirectories(dir.resolve("datasets/vibration").resolve("00000" + version));
    DatasetManifest manifest =
        new DatasetManifest(
            1,
            "vibration",
            version,
            null,
            "0123456789abcdef",
            new TreeMap<>(Map.of("labels-0", samples)),
            new TreeMap<>(
                Map.of(
                    "train",
                    new Counts(
                        samples,
                        new TreeMap<>(Map.of("normal", samples)),
                        new TreeMap<>(Map.of("plant/m-1", samples)),
                        new TreeMap<>(Map.of("RANDOM_AUDIT", samples))))),
            0.3,
            "2026-03-01T12:00:00Z",
            "2026-03-01T13:00:00Z",
            new TreeMap<>(Map.of("Label", 1_000_001)),
            List.of());
    Files.writeString(directory.resolve(DatasetManifest.FILE), manifest.toJson());
  }
}
