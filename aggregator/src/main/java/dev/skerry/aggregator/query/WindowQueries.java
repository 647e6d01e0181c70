package dev.skerry.aggregator.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.OpenWindows;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Answers {@code GET /v1/windows}: the windows that are open here, page by page. Each instance
 * answers for the partitions that it holds and says which; nobody is asked on the way. Thread-safe.
 */
public final class WindowQueries {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final OpenWindows<DetectionSum> windows;
  private final ObjectMapper json = new ObjectMapper();

  public WindowQueries(OpenWindows<DetectionSum> windows) {
    this.windows = windows;
  }

  private record Reply(int status, ObjectNode body) {}

  /** Answers one request. */
  public void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] body = json.writeValueAsString(reply.body()).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("GET")) {
      return problem(405, "only GET is answered");
    }
    try {
      return new Reply(200, page(WindowQuery.of(exchange.getRequestURI())));
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      return problem(503, "the windows are being moved or restored; ask again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return problem(503, "the service is stopping");
    }
  }

  private ObjectNode page(WindowQuery query) throws InterruptedException, TimeoutException {
    Map<Integer, List<WindowView>> byPartition =
        windows.look(query.selection(), WindowView::of, PATIENCE);
    List<WindowView> all =
        byPartition.values().stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(WindowView::key, WindowQuery.ORDER))
            .toList();
    List<WindowView> page = all.subList(0, Math.min(query.limit(), all.size()));
    ObjectNode answer = json.createObjectNode();
    answer.set("windows", json.valueToTree(page));
    answer.set("partitions", json.valueToTree(byPartition.keySet().stream().sorted().toList()));
    if (page.size() < all.size()) {
      answer.put("nextCursor", WindowQuery.cursor(page.get(page.size() - 1).key()));
    }
    return answer;
  }

  private Reply problem(int status, String message) {
    return new Reply(status, json.createObjectNode().put("error", message));
  }
}
