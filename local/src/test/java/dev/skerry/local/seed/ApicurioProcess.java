package dev.skerry.local.seed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Apicurio Registry as a child process, on free ports, with its data in memory. */
final class ApicurioProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private ApicurioProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ApicurioProcess start(Path java, Path home, Path directory) throws IOException {
    int port;
    int managementPort;
    try (ServerSocket one = free();
        ServerSocket other = free()) {
      port = one.getLocalPort();
      managementPort = other.getLocalPort();
    }
    Path log = directory.resolve("apicurio.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-Xmx300m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-Dquarkus.management.host=127.0.0.1",
                    "-Dquarkus.management.port=" + managementPort,
                    "-jar",
                    home.resolve("quarkus-run.jar").toString()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ApicurioProcess started = new ApicurioProcess(process, port);
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .failFast("Apicurio Registry ended; see " + log, () -> !process.isAlive())
          .until(() -> answers(managementPort));
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static boolean answers(int managementPort) {
    URI ready = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    try {
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException e) {
      return false; // Not yet; the caller gives up in the end.
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
