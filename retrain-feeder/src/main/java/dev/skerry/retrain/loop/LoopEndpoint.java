package dev.skerry.retrain.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.skerry.service.Observability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The circle over HTTP: {@code GET /loop} says how far it is, {@code GET /loop/report/VERSION} has
 * the gate's page of the training on that version of the dataset, and {@code POST /train} asks for
 * a training.
 */
final class LoopEndpoint {

  private static final Pattern REPORT = Pattern.compile("/loop/report/(\\d{1,9})");
  private static final String TEXT = "text/plain; charset=utf-8";

  private final Runnable ask;
  private final LoopBoard board;
  private final Trainings trainings;

  private record Answer(int status, String contentType, String body) {}

  /**
   * An endpoint.
   *
   * @param ask asks for a training
   */
  LoopEndpoint(Runnable ask, LoopBoard board, Trainings trainings) {
    this.ask = ask;
    this.board = board;
    this.trainings = trainings;
  }

  void serveAt(Observability observability) {
    observability.serve("/train", exchange -> send(exchange, train(exchange)));
    observability.serve("/loop", exchange -> send(exchange, looked(exchange)));
  }

  private Answer train(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("POST")) {
      return new Answer(405, TEXT, "POST here asks for a training\n");
    }
    ask.run();
    return new Answer(202, TEXT, "a training is asked for\n");
  }

  private Answer looked(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/loop")) {
      return board
          .state()
          .map(state -> new Answer(200, "application/json", state.toJson()))
          .orElseGet(() -> new Answer(503, TEXT, "the topics are still being read\n"));
    }
    Matcher report = REPORT.matcher(path);
    return report.matches()
        ? report(Integer.parseInt(report.group(1)))
        : new Answer(404, TEXT, "there are /loop and /loop/report/VERSION\n");
  }

  private Answer report(int datasetVersion) throws IOException {
    Path page = trainings.directory(datasetVersion).resolve("report.html");
    return Files.exists(page)
        ? new Answer(200, "text/html; charset=utf-8", Files.readString(page))
        : new Answer(404, TEXT, "version " + datasetVersion + " was not judged\n");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
