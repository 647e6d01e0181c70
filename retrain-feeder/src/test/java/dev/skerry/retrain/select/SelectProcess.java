package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.FreePorts;
import dev.skerry.retrain.SelectMain;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The selection in a JVM of its own, so that a kill is a kill. */
final class SelectProcess implements AutoCloseable {

  private static final Pattern FULLY_READ =
      Pattern.compile("^skerry_streams_lag_records\\{[^}]*} 0\\.0$", Pattern.MULTILINE);

  private final Process process;
  private final int port;
  private final Path log;

  SelectProcess(Path dir, Map<String, String> settings) throws IOException {
    port = FreePorts.next();
    log = dir.resolve("select.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SelectMain.class.getName());
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    command.addAll(List.of("--set", "service.http.port=" + port));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  void awaitReady() {
    await("the selection to be ready").atMost(Duration.ofSeconds(60)).until(this::isReady);
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("The selection ended by itself:\n" + log());
    }
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/ready").toURL().openConnection();
    try {
      return connection.getResponseCode() == 200;
    } catch (ConnectException e) {
      return false; // Not listening yet.
    } finally {
      connection.disconnect();
    }
  }

  /** Whether the service says that all its input is processed. */
  boolean isFullyRead() throws IOException {
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream body = metrics.toURL().openStream()) {
      return FULLY_READ.matcher(new String(body.readAllBytes(), UTF_8)).find();
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("The selection does not stop");
    }
    return process.exitValue();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("The selection does not end");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log, UTF_8);
  }

  @Override
  public void close() {
    kill();
  }
}
