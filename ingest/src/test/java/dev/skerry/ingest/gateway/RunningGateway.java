package dev.skerry.ingest.gateway;

import static org.awaitility.Awaitility.await;

import dev.skerry.service.Observability;
import dev.skerry.service.Settings;
import dev.skerry.service.trace.Traces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A gateway that runs in this process, as its main would. */
public final class RunningGateway implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Observability observability;
  private final Gateway gateway;
  private final CompletableFuture<Void> ended;

  private RunningGateway(Observability observability, Gateway gateway) {
    this.observability = observability;
    this.gateway = gateway;
    this.ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                gateway.run();
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
  }

  /** Starts one that admits anybody on this machine; returns when it takes messages. */
  public static RunningGateway start(String brokers, String... keysAndValues) {
    RunningGateway running = startWithout(brokers, keysAndValues);
    running.awaitReady();
    return running;
  }

  /** The same for one that traces. */
  static RunningGateway traced(String brokers, Traces traces) {
    RunningGateway running = startWithout(brokers, traces);
    running.awaitReady();
    return running;
  }

  /** Starts one and does not wait. */
  static RunningGateway startWithout(String brokers, String... keysAndValues) {
    return startWithout(brokers, Traces.OFF, keysAndValues);
  }

  private static RunningGateway startWithout(
      String brokers, Traces traces, String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    properties.put("kafka.bootstrap.servers", brokers);
    properties.put("gateway.site-id", "north");
    properties.put("gateway.http.port", "0");
    properties.put("gateway.mqtt.port", "0");
    properties.put("gateway.anonymous-on-loopback", "true");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    Settings settings = Settings.of(properties, GatewayConfig.class);
    Observability observability = Observability.start(settings.service().http(), traces);
    try {
      return new RunningGateway(observability, new Gateway(settings, observability));
    } catch (RuntimeException e) {
      observability.close();
      throw e;
    }
  }

  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> observability.health().readinessProblems().isEmpty());
  }

  /** Where it listens for HTTP. */
  public int port() {
    return gateway.httpPort().orElseThrow();
  }

  /** Where it listens for MQTT. */
  public int mqttPort() {
    return gateway.mqttPort().orElseThrow();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<String> post(String path, String contentType, byte[] body) throws Exception {
    return client.send(
        request(path, contentType, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> postJson(String body) throws Exception {
    return post(
        "/v1/telemetry",
        "application/json",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  CompletableFuture<HttpResponse<String>> postJsonAsync(String body) {
    return postAsync(
        "/v1/telemetry",
        "application/json",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  CompletableFuture<HttpResponse<String>> postAsync(String path, String contentType, byte[] body) {
    return client.sendAsync(
        request(path, contentType, body).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, String contentType, byte[] body) {
    return HttpRequest.newBuilder(uri(path))
        .header("content-type", contentType)
        .timeout(Duration.ofMinutes(2))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /** The value of a metric, all labels together. */
  public double metric(String name) {
    return observability.metrics().find(name).counters().stream()
        .mapToDouble(io.micrometer.core.instrument.Counter::count)
        .sum();
  }

  /** The value of a gauge. */
  public double gauge(String name) {
    return observability.metrics().get(name).gauge().value();
  }

  @Override
  public void close() {
    gateway.stop();
    try {
      ended.orTimeout(60, TimeUnit.SECONDS).join();
    } finally {
      gateway.close();
      observability.close();
    }
  }
}
