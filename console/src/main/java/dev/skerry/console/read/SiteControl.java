package dev.skerry.console.read;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervisor of a site on this machine, which takes orders from its console. Thread-safe.
 *
 * @param address of the supervisor
 * @param token what proves that it is the console that asks
 */
public record SiteControl(URI address, String token) {

  private static final Logger log = LoggerFactory.getLogger(SiteControl.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration ORDER_PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * What can be done, and how things are.
   *
   * @param link how the link is; null where nobody can tell it anything
   * @param parts process ids of the parts that may be killed
   * @param orders that are taken now
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record State(@Nullable String link, Map<String, Long> parts, List<String> orders) {

    /** Of a site that takes no orders. */
    public static final State NONE = new State(null, Map.of(), List.of());

    public State {
      parts = new TreeMap<>(parts);
      orders = List.copyOf(orders);
    }
  }

  /** What became of an order, for people. */
  public record Outcome(boolean done, String message) {}

  /** How things are; nothing where the supervisor does not answer. */
  public State state() {
    try {
      HttpResponse<String> answer = send(request("/state", PATIENCE).GET().build());
      return answer.statusCode() == OK ? JSON.readValue(answer.body(), State.class) : State.NONE;
    } catch (IOException e) {
      log.debug("The supervisor does not answer at {}", address, e);
      return State.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return State.NONE;
    }
  }

  /**
   * Gives an order.
   *
   * @param path of the order, beginning with a slash
   */
  public Outcome order(String path) {
    try {
      HttpResponse<String> answer =
          send(
              request("/orders" + path, ORDER_PATIENCE)
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build());
      return new Outcome(answer.statusCode() == OK, answer.body());
    } catch (IOException e) {
      log.warn("The order {} cannot be given: {}", path, e.getMessage());
      return new Outcome(false, "The site's supervisor does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(false, "The console is stopping.");
    }
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(patience)
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
