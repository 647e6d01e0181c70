package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /v1/selection}: what each site has spent of its budgets, and how the
 * candidates of the last 24 hours were decided on, by the ledger and so over restarts. It is
 * brought up to date about once a second by the instance that selects; others say that they do not.
 * Thread-safe.
 */
final class SelectionView {

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  /** A day. */
  private static final int HOURS_SHOWN = 24;

  private final Limits limits;
  private final ObjectMapper json = new ObjectMapper();
  private volatile @Nullable ObjectNode shown;

  SelectionView(Limits limits) {
    this.limits = limits;
  }

  /** Shows how things stand at that time of the candidates. */
  void show(Ledger ledger, long timeMillis) {
    ObjectNode answer = json.createObjectNode();
    answer.put("at", Instant.ofEpochMilli(timeMillis).toString());
    ObjectNode all = answer.putObject("sites");
    for (String siteId : ledger.sites(timeMillis)) {
      ObjectNode site = all.putObject(siteId);
      put(site, "minute", ledger.spent(Ledger.minute(timeMillis, siteId)), limits.minute());
      put(site, "hour", ledger.spent(Ledger.hour(timeMillis, siteId)), limits.hour());
      put(site, "day", ledger.spent(Ledger.day(timeMillis, siteId)), limits.day());
      ObjectNode decisions = site.putObject("decisions");
      for (long back = HOURS_SHOWN - 1; back >= 0; back--) {
        long hourMillis = timeMillis - back * HOUR_MILLIS;
        put(decisions, hourMillis, ledger.decisions(siteId, hourMillis));
      }
    }
    shown = answer;
  }

  /** Answers one request. */
  void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      ObjectNode now = shown;
      boolean isGet = exchange.getRequestMethod().equals("GET");
      ObjectNode answer =
          !isGet
              ? json.createObjectNode().put("error", "only GET is answered")
              : now == null
                  ? json.createObjectNode().put("error", "this instance does not select")
                  : now;
      byte[] body = answer.toString().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(!isGet ? 405 : now == null ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void put(ObjectNode site, String period, Spent spent, Limits.Amount limit) {
    site.putObject(period)
        .put("records", spent.records())
        .put("recordsLimit", limit.records())
        .put("bytes", spent.bytes())
        .put("bytesLimit", limit.bytes());
  }

  private static void put(
      ObjectNode decisions, long hourMillis, Map<String, Map<String, Spent>> byStream) {
    if (byStream.isEmpty()) {
      return;
    }
    Instant hour = Instant.ofEpochMilli(hourMillis).truncatedTo(ChronoUnit.HOURS);
    ObjectNode ofHour = decisions.putObject(hour.toString());
    byStream.forEach(
        (stream, verdicts) -> {
          ObjectNode node = ofHour.putObject(stream);
          verdicts.forEach((verdict, spent) -> node.put(verdict, spent.records()));
        });
  }
}
