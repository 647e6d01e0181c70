package dev.skerry.aggregator.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.OpenWindows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered without any window; AggregatorQueryTest has windows. */
class WindowQueriesTest {

  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/windows", new WindowQueries(new OpenWindows<DetectionSum>())::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0        | limit is 0: give 1 to 1000",
        "limit=1001     | limit is 1001: give 1 to 1000",
        "limit=many     | limit is many, which is no number",
        "windowMillis=x | windowMillis is x, which is no number",
        "cursor=%21     | cursor is none that was given out",
        "streams=a      | unknown: streams; there are site, stream, windowMillis, limit and cursor",
        "stream         | stream is no name=value",
      })
  void shouldSayWhatIsWrongWithAQuestion(String query, String message) throws Exception {
    HttpResponse<String> answer = ask("GET", "?" + query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("error").asText()).isEqualTo(message);
  }

  @Test
  void shouldAnswerForNoPartitionsWhereItHoldsNone() throws Exception {
    HttpResponse<String> answer = ask("GET", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"windows\":[],\"partitions\":[]}");
  }

  @Test
  void shouldOnlyBeAsked() throws Exception {
    assertThat(ask("DELETE", "").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> ask(String method, String query) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/windows" + query);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }
}
