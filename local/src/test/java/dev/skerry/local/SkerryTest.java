package dev.skerry.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.site.SitePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SkerryTest {

  private final StringWriter err = new StringWriter();

  @RegisterExtension private final CommandLineRun cli = new CommandLineRun();

  @TempDir Path dir;

  @Test
  void shouldNameAnOptionThatItDoesNotKnow() {
    assertRefused("'--fro'", "up", "--fro", "60s");
  }

  @Test
  void shouldNameATimeThatIsNone() {
    assertRefused("'soon' is no duration", "up", "--for", "soon");
  }

  @Test
  void shouldNameACommandThatItDoesNotKnow() {
    assertRefused("'upp'", "upp");
    assertRefused("did you mean dead-letters?", "deadletters");
    assertRefused("skerry link has no command 'cutt'", "link", "cutt");
    assertRefused("skerry down does not take 'now'", "down", "now");
    assertRefused("Say what to do: list, show, redrive", "dead-letters");
    assertRefused("ID: 'nix' is no dead letter", "dead-letters", "show", "nix");
  }

  @Test
  void shouldShowItsCommandsWhereNoneIsNamed() {
    assertThat(Skerry.run(new String[0], new PrintWriter(err, true))).isEqualTo(2);
    assertThat(err.toString()).contains("skerry up", "dead-letters  ");
  }

  @Test
  void shouldNameAModelFileThatIsNotThere() {
    assertRefused("none.onnx", "up", "--data", dir.toString(), "--model", "none.onnx");
  }

  @Test
  void shouldNameAFileToReplayThatIsNotThere() {
    assertRefused("none.csv", "up", "--data", dir.toString(), "--replay", "none.csv");
  }

  @Test
  void shouldNameAColumnThatTheFileDoesNotHave() throws IOException {
    Path csv = Files.writeString(dir.resolve("pump.csv"), "time,pressure\n1,2\n2,3\n");
    assertRefused(
        "when",
        "up",
        "--data",
        dir.toString(),
        "--replay",
        csv.toString(),
        "--",
        "--time-column",
        "when");
  }

  @Test
  void shouldSayWhyNoModelCanBeFitted() throws IOException {
    StringBuilder rows = new StringBuilder("pressure\n");
    for (int row = 0; row < 65; row++) {
      rows.append(row % 7).append('\n');
    }
    Path csv = Files.writeString(dir.resolve("pump.csv"), rows);
    assertRefused(
        "No model can be fitted", "up", "--data", dir.toString(), "--replay", csv.toString());
  }

  @Test
  void shouldNameAPortThatIsTakenAndItsOption() throws IOException {
    SitePorts ports = SitePorts.free();
    Map<String, Integer> byOption = new LinkedHashMap<>();
    ports.numbers().forEach((port, number) -> byOption.put(port.option(), number));
    for (String option : byOption.keySet()) {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Map<String, Integer> asked = new LinkedHashMap<>(byOption);
        asked.put(option, taken.getLocalPort());
        List<String> args = new ArrayList<>(List.of("up", "--data", dir.toString()));
        asked.forEach((name, port) -> args.addAll(List.of(name, Integer.toString(port))));
        assertRefused("Port " + taken.getLocalPort() + " is taken", args.toArray(String[]::new));
        assertThat(err.toString()).contains(option);
      }
    }
  }

  @Test
  void shouldNameAllPortsThatAreTakenAndAnnounceNothing() throws IOException {
    SitePorts ports = SitePorts.free();
    List<String> args = new ArrayList<>(List.of("up", "--data", dir.toString()));
    try (ServerSocket edge = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ports
          .numbers()
          .forEach((port, number) -> args.addAll(List.of(port.option(), Integer.toString(number))));
      args.set(args.indexOf("--edge-port") + 1, Integer.toString(edge.getLocalPort()));
      args.set(args.indexOf("--registry-port") + 1, Integer.toString(registry.getLocalPort()));
      assertRefused(
          "--edge-port (now %d), --registry-port (now %d)"
              .formatted(edge.getLocalPort(), registry.getLocalPort()),
          args.toArray(String[]::new));
    }
    assertThat(cli.printed()).doesNotContain("Starting");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeWrittenAndCamerasBelowNone() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertRefused("cannot be written: choose another", "up", "--data", file + "/data");
    assertRefused("--cameras is -1", "up", "--data", dir.toString(), "--cameras", "-1");
  }

  @Test
  void shouldRefuseWhatSeveralSitesCannotBe() {
    assertRefused("--sites is 0", "up", "--data", dir.toString(), "--sites", "0");
    assertRefused("--no-cloud", "up", "--data", dir.toString(), "--sites", "2", "--no-cloud");
    assertRefused(
        "Nothing can overflow", "up", "--data", dir.toString(), "--no-cloud", "--overflow", "0.5");
    assertRefused("above 0 and up to 1", "up", "--data", dir.toString(), "--overflow", "1.5");
  }

  @Test
  void shouldNameTheSitesThatThereAre() throws IOException {
    Files.createDirectories(dir.resolve("local-2"));
    assertRefused(
        "[local, local-2]", "tail", "detections", "--data", dir.toString(), "--site", "local-3");
    assertRefused(
        "No site is up", "tail", "detections", "--data", dir.toString(), "--site", "local-2");
  }

  @Test
  void shouldNameTheTopicsThatThereAre() {
    assertRefused("detections", "tail", "detectons", "--data", dir.toString());
  }

  @Test
  void shouldSayThatNoSiteIsUp() {
    assertRefused("No site is up", "tail", "detections", "--data", dir.toString());
    assertRefused("No site is up", "link", "cut", "--data", dir.toString());
    assertRefused("No site is up", "link", "throttle", "--rate", "64000", "--data", dir.toString());
  }

  /** Exit code 2 and one sentence on standard error. */
  private void assertRefused(String fragment, String... args) {
    err.getBuffer().setLength(0);
    assertThat(Skerry.run(args, new PrintWriter(err, true))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(fragment);
  }
}
