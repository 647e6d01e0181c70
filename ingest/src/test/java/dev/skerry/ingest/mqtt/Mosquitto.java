package dev.skerry.ingest.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line clients of the Eclipse Mosquitto project, as they are installed here. */
final class Mosquitto {

  private Mosquitto() {}

  /** Skips the test, and says so, where they are not installed. */
  static void require() {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .anyMatch(dir -> new File(dir, "mosquitto_pub").canExecute());
    if (!installed) {
      System.err.println(
          "SKIPPED: mosquitto_pub and mosquitto_sub are not installed (apt install"
              + " mosquitto-clients)");
    }
    assumeTrue(installed, "mosquitto-clients are not installed");
  }

  /** Publishes to the port; gives what the client printed, with its exit code in front. */
  static String publish(int port, String... options) throws IOException, InterruptedException {
    Process process = start("mosquitto_pub", port, options);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue() + output(process);
  }

  /** Starts to subscribe; the process ends after the messages that its options say. */
  static Process subscribe(int port, String... options) throws IOException {
    return start("mosquitto_sub", port, options);
  }

  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Process start(String client, int port, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(client, "-h", "127.0.0.1", "-p", "" + port));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
