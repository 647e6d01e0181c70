package dev.skerry.warehouse.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Connect cluster's REST interface. Thread-safe. */
public final class ConnectRest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CONFLICT = 409;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  public ConnectRest(URI url) {
    this.url = url;
  }

  /**
   * How a connector is.
   *
   * @param name the connector's
   * @param failedTasks how many of its tasks, itself included, have failed
   * @param why the first line of the first failure; empty where nothing failed
   * @param taskStates how many of its tasks are in which state, by Connect's names in lower case
   */
  public record Status(
      String name, int failedTasks, Optional<String> why, Map<String, Integer> taskStates) {}

  /** How all connectors are. */
  public List<Status> statuses() throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(send("GET", "/connectors?expand=status", ""));
    List<Status> statuses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : answer.properties()) {
      statuses.add(status(entry.getKey(), entry.getValue().path("status")));
    }
    return statuses;
  }

  private static Status status(String name, JsonNode status) {
    List<JsonNode> parts = new ArrayList<>();
    parts.add(status.path("connector"));
    Map<String, Integer> taskStates = new TreeMap<>();
    for (JsonNode task : status.path("tasks")) {
      parts.add(task);
      taskStates.merge(state(task).toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    List<JsonNode> failed = parts.stream().filter(part -> state(part).equals("FAILED")).toList();
    return new Status(
        name,
        failed.size(),
        failed.stream().findFirst().map(ConnectRest::rootCause),
        Map.copyOf(taskStates));
  }

  private static String state(JsonNode part) {
    return part.path("state").asText();
  }

  /** The innermost cause says what happened; what is around it says where. */
  private static String rootCause(JsonNode part) {
    List<String> causes =
        part.path("trace").asText().lines().filter(line -> !line.startsWith("\t")).toList();
    return causes.isEmpty() ? "no reason is given" : causes.get(causes.size() - 1).strip();
  }

  /** Makes a connector, or gives it these settings. */
  public void put(String name, Map<String, String> settings)
      throws IOException, InterruptedException {
    send("PUT", "/connectors/" + name + "/config", JSON.writeValueAsString(settings));
  }

  /** Restarts what has failed of a connector. */
  public void restartFailed(String name) throws IOException, InterruptedException {
    send("POST", "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true", "");
  }

  /** Takes a connector away. */
  public void delete(String name) throws IOException, InterruptedException {
    send("DELETE", "/connectors/" + name, "");
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(url.resolve(path))
                  .timeout(PATIENCE)
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (response.statusCode() < 300) {
        return response.body();
      }
      // The cluster is dividing its work anew: it answers so until that is done.
      if (response.statusCode() != CONFLICT || System.nanoTime() > deadlineNanos) {
        throw new IOException(
            method
                + " "
                + path
                + " was answered "
                + response.statusCode()
                + ": "
                + response.body());
      }
      Thread.sleep(200);
    }
  }
}
