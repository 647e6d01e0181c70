package dev.skerry.aggregator;

import static dev.skerry.aggregator.SomeDetections.at;
import static dev.skerry.aggregator.TestSite.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.aggregator.query.WindowQueries;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that are open, asked for over HTTP. */
class AggregatorQueryTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private TestSite site;
  private HttpServer server;

  @BeforeEach
  void start(@TempDir Path stateDir) throws Exception {
    site = new TestSite(stateDir, Map.of("aggregator.windows", "PT10S,PT1M"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/windows", new WindowQueries(site.openWindows)::answer);
    server.start();
    site.fullyRead.set(false);
    for (String stream : List.of("vibration", "pump")) {
      for (String label : List.of("normal", "worn")) {
        site.detect(at(NOW, "machine-1", stream, label, 0.75f));
        site.detect(at(NOW, "machine-2", stream, label, 0.25f));
      }
    }
    site.pass(Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    site.close();
  }

  @Test
  void shouldShowWhatTheOpenWindowsHaveSoFar() throws Exception {
    JsonNode answer = ask("?stream=pump&windowMillis=60000");
    assertThat(answer.get("partitions").toString()).isEqualTo("[0]");
    assertThat(answer.has("nextCursor")).isFalse();
    assertThat(answer.get("windows")).hasSize(2);
    JsonNode window = answer.get("windows").get(0);
    assertThat(window.get("site").asText()).isEqualTo(SomeDetections.SITE);
    assertThat(window.get("stream").asText()).isEqualTo("pump");
    assertThat(window.get("label").asText()).isEqualTo("normal");
    assertThat(window.get("windowStart").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(window.get("windowEnd").asText()).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(window.get("count").asLong()).isEqualTo(2);
    assertThat(window.get("devices").asLong()).isEqualTo(2);
    assertThat(window.get("confidenceMean").asDouble()).isEqualTo(0.5);
    assertThat(window.has("key")).isFalse();
  }

  @Test
  void shouldGivePageAfterPageThoughWindowsCloseMeanwhile() throws Exception {
    List<String> seen = new ArrayList<>();
    JsonNode page = ask("?limit=3&windowMillis=60000");
    page.get("windows").forEach(window -> seen.add(name(window)));
    site.detect(at(NOW, "machine-3", "compressor", "normal", 0.5f)); // Before all of them.
    site.pass(Duration.ofSeconds(1));
    page = ask("?limit=3&windowMillis=60000&cursor=" + page.get("nextCursor").asText());
    page.get("windows").forEach(window -> seen.add(name(window)));

    assertThat(seen)
        .containsExactly("pump/normal", "pump/worn", "vibration/normal", "vibration/worn");
    assertThat(page.has("nextCursor")).isFalse();
  }

  @Test
  void shouldGiveAllWindowsOnceInPagesOfAnySize() throws Exception {
    List<String> all = new ArrayList<>();
    ask("").get("windows").forEach(window -> all.add(window.toString()));
    assertThat(all).hasSize(8).doesNotHaveDuplicates();
    for (int limit : List.of(1, 3, all.size())) {
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = ask("?limit=" + limit + cursor);
        assertThat(page.get("windows").size()).isBetween(1, limit);
        page.get("windows").forEach(window -> seen.add(window.toString()));
        cursor = page.has("nextCursor") ? "&cursor=" + page.get("nextCursor").asText() : "";
      } while (!cursor.isEmpty());
      assertThat(seen).as("pages of %d", limit).isEqualTo(all);
    }
  }

  private static String name(JsonNode window) {
    return window.get("stream").asText() + "/" + window.get("label").asText();
  }

  /** Asks, and lets the stream thread tick until it is answered. */
  private JsonNode ask(String query) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/windows" + query);
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    while (!answer.isDone()) {
      site.tick();
    }
    return new ObjectMapper().readTree(answer.get().body());
  }
}
