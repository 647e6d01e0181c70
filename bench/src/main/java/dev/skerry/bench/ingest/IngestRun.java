package dev.skerry.bench.ingest;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One contender under the load of a feed, for so long after it has warmed up. */
final class IngestRun {

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final BrokerProcess broker;
  private final Path directory;
  private final Plan plan;

  /**
   * What is sent, and for how long.
   *
   * @param warmUpSeconds the first seconds, which do not count
   * @param seconds those that count
   */
  record Plan(int connections, int batch, int values, int warmUpSeconds, int seconds) {}

  /**
   * What was measured.
   *
   * @param cpuMicros of the contender's process, for each message acknowledged
   */
  record Figures(double messagesPerSecond, double cpuMicros) {}

  IngestRun(BrokerProcess broker, Path directory, Plan plan) {
    this.broker = broker;
    this.directory = directory;
    this.plan = plan;
  }

  Figures of(Contender contender, int number) throws IOException, InterruptedException {
    String name =
        contender.name().toLowerCase(java.util.Locale.ROOT) + "-" + plan.batch() + "-" + number;
    int port = FreePorts.next();
    try (ChildJvm process = contender.start(name, directory, broker.bootstrapServers(), port)) {
      awaitFirstAnswer(port, process);
      try (HttpFeed feed =
          new HttpFeed(port, name, plan.connections(), plan.batch(), plan.values())) {
        TimeUnit.SECONDS.sleep(plan.warmUpSeconds());
        long records = feed.acknowledged();
        Duration cpu = process.cpu();
        long start = System.nanoTime();
        TimeUnit.SECONDS.sleep(plan.seconds());
        long measured = feed.acknowledged() - records;
        Duration used = process.cpu().minus(cpu);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Figures(measured / seconds, used.toNanos() / 1e3 / measured);
      } finally {
        process.terminate();
      }
    }
  }

  private static void awaitFirstAnswer(int port, ChildJvm process)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/telemetry"))
            .header("content-type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"deviceId\":\"first\",\"stream\":\"bench\",\"readings\":{\"values\":[1]}}"))
            .build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      process.requireAlive();
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (java.net.ConnectException e) {
        TimeUnit.MILLISECONDS.sleep(50); // It does not listen yet.
      }
    }
    throw new IllegalStateException("no answer of 200 within " + START_PATIENCE);
  }
}
