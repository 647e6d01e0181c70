package dev.skerry.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every panel's query, asked of a Prometheus that reads a site which is up: {@code
 * -Dskerry.prometheus=URL}. For whoever has such a site; {@code .ci/compose} does.
 */
class DashboardsOnPrometheus {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String prometheus = System.getProperty("skerry.prometheus", "");

  /** A panel of what is not there, such as a GPU, is empty; it must not be wrong. */
  @Test
  void shouldAnswerEveryPanel() throws Exception {
    assertThat(prometheus).as("-Dskerry.prometheus=URL").startsWith("http");
    List<Expression> panels = Expression.ofDashboards();
    Map<String, String> empty = new TreeMap<>();
    for (Expression panel : panels) {
      JsonNode answer = ask(panel.onPrometheus());
      assertThat(answer.path("status").asText())
          .as("%s: %s: %s", panel.source(), panel.promQl(), answer)
          .isEqualTo("success");
      if (answer.at("/data/result").isEmpty() && isOfEverySite(panel)) {
        empty.put(panel.source(), panel.promQl());
      }
    }
    assertThat(empty).as("panels without data").isEmpty();
    System.out.printf("%d queries of panels were answered%n", panels.size());
  }

  /** A rate is there once a metric was read twice, which a young Prometheus has not done. */
  private static boolean isOfEverySite(Expression panel) {
    return MetricList.areAllOfASite(panel.metrics())
        && !panel.promQl().contains("rate(")
        && !panel.promQl().contains("increase(");
  }

  private JsonNode ask(String promQl) throws IOException, InterruptedException {
    URI uri = URI.create(prometheus + "/api/v1/query?query=" + URLEncoder.encode(promQl, UTF_8));
    return JSON.readTree(
        http.send(
                java.net.http.HttpRequest.newBuilder(uri).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }
}
