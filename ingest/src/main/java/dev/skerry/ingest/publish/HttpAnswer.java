package dev.skerry.ingest.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a gateway says of a batch. */
sealed interface HttpAnswer {

  /** What becomes of one record. */
  sealed interface Fate {
    record Safe() implements Fate {}

    record Refused(String reason) implements Fate {}

    record Later() implements Fate {}
  }

  /** For each record of the batch, in its order. */
  record PerRecord(List<Fate> fates, Optional<Duration> retryAfter) implements HttpAnswer {}

  /** It would say the same to any batch. */
  record Denied(String why) implements HttpAnswer {}

  ObjectMapper JSON = new ObjectMapper();
  int OK = 200;
  int MULTI_STATUS = 207;
  int TOO_MANY_REQUESTS = 429;
  int SERVER_ERRORS = 500;

  static HttpAnswer of(HttpResponse<String> response, int records) {
    Optional<Duration> retryAfter =
        response.headers().firstValue("retry-after").flatMap(HttpAnswer::seconds);
    int status = response.statusCode();
    if (status == OK) {
      return same(new Fate.Safe(), records, retryAfter);
    }
    if (isLater(status)) {
      return same(new Fate.Later(), records, retryAfter);
    }
    JsonNode body = body(response);
    return switch (status) {
      case MULTI_STATUS -> new PerRecord(fates(body, records), retryAfter);
      case 400, 413, 422 ->
          same(new Fate.Refused(body.at("/error/reason").asText("unknown")), records, retryAfter);
      default ->
          new Denied("answers " + status + ": " + body.at("/error/detail").asText(response.body()));
    };
  }

  private static List<Fate> fates(JsonNode body, int records) {
    Fate[] fates = new Fate[records];
    Arrays.fill(fates, new Fate.Safe());
    for (JsonNode item : body.path("items")) {
      int index = item.path("index").asInt(-1);
      if (index >= 0 && index < records) {
        fates[index] =
            isLater(item.path("status").asInt())
                ? new Fate.Later()
                : new Fate.Refused(item.path("reason").asText("unknown"));
      }
    }
    return List.of(fates);
  }

  private static boolean isLater(int status) {
    return status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
  }

  private static PerRecord same(Fate fate, int records, Optional<Duration> retryAfter) {
    return new PerRecord(java.util.Collections.nCopies(records, fate), retryAfter);
  }

  private static JsonNode body(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode(); // The status alone says what there is to know.
    }
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,5}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }
}
