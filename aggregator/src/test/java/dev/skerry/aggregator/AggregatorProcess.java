package dev.skerry.aggregator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.skerry.broker.FreePorts;
import java.io.IOException;
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

/** The aggregator in a JVM of its own, so that a kill is a kill. */
final class AggregatorProcess implements AutoCloseable {

  private final Process process;
  private final int port;
  private final Path log;

  AggregatorProcess(Path dir, Map<String, String> settings) throws IOException {
    port = FreePorts.next();
    Files.createDirectories(dir);
    log = dir.resolve("aggregator.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AggregatorMain.class.getName());
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    command.addAll(List.of("--set", "service.http.port=" + port));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  void awaitReady() {
    await("the aggregator to be ready").atMost(Duration.ofSeconds(60)).until(this::isReady);
  }

  private boolean isReady() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("The aggregator ended by itself:\n" + log());
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

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("The aggregator does not stop");
    }
    return process.exitValue();
  }

  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("The aggregator does not end");
    }
    return process.exitValue();
  }

  /** CPU time since the start of the process. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  String log() throws IOException {
    return Files.readString(log, UTF_8);
  }

  @Override
  public void close() {
    kill();
  }
}
