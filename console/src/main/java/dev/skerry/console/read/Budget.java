package dev.skerry.console.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/**
 * What a site has spent of what may leave it for retraining in a minute, an hour or a day.
 *
 * @param period minute, hour or day
 * @param records samples that were taken
 * @param bytes of their values
 */
public record Budget(String period, long records, long recordsLimit, long bytes, long bytesLimit) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PERIODS = List.of("minute", "hour", "day");

  /** From what {@code /v1/selection} answers; none where it says nothing of any site. */
  static List<Budget> parse(String answer) {
    List<Budget> budgets = new ArrayList<>();
    try {
      for (JsonNode site : JSON.readTree(answer).path("sites")) {
        for (String period : PERIODS) {
          JsonNode spent = site.path(period);
          budgets.add(
              new Budget(
                  period,
                  spent.path("records").asLong(),
                  spent.path("recordsLimit").asLong(),
                  spent.path("bytes").asLong(),
                  spent.path("bytesLimit").asLong()));
        }
        return budgets; // At a site there is no other.
      }
      return budgets;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
