package dev.skerry.local.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.local.terminal.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;

/**
 * That a site has refused samples since its budget is spent, so that nothing new comes to be
 * labelled for a while.
 *
 * @param samples that it has had
 * @param period {@code hour} or {@code day}
 * @param until when the next period begins
 */
public record SpentSamples(long samples, String period, Instant until) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * From what {@code GET /v1/selection} of a site answers; empty where a sample of the stream would
   * still be taken.
   *
   * @throws IllegalArgumentException for what is no such answer
   */
  static Optional<SpentSamples> in(String selection, String stream, Instant now) {
    try {
      JsonNode all = JSON.readTree(selection);
      Iterator<JsonNode> sites = all.path("sites").elements(); // At a site there is no other.
      if (!sites.hasNext()) {
        return Optional.empty();
      }
      JsonNode site = sites.next();
      Instant at = Instant.parse(all.path("at").asText());
      return of(site, stream, at, "day", ChronoUnit.DAYS)
          .or(() -> of(site, stream, at, "hour", ChronoUnit.HOURS))
          .filter(spent -> spent.until().isAfter(now));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IllegalArgumentException("This is no answer of a selection: " + e.getMessage(), e);
    }
  }

  /** The refusals tell, since a stream that drifts may have more than the usual limits. */
  private static Optional<SpentSamples> of(
      JsonNode site, String stream, Instant at, String period, ChronoUnit unit) {
    JsonNode verdicts =
        site.path("decisions").path(at.truncatedTo(ChronoUnit.HOURS).toString()).path(stream);
    return verdicts.has(period + "_records") || verdicts.has(period + "_bytes")
        ? Optional.of(
            new SpentSamples(
                site.path(period).path("records").asLong(),
                period,
                at.truncatedTo(unit).plus(1, unit)))
        : Optional.empty();
  }

  /** In few words: {@code none before 11:00 UTC}. */
  String brief() {
    return "none before %tR UTC".formatted(until.atOffset(ZoneOffset.UTC));
  }

  /** For example {@code the hour's 1,200 samples are spent, more from 2026-03-01 11:00 UTC}. */
  public String describe() {
    return "the %s's %s samples are spent, more from %s UTC"
        .formatted(period, Text.count(samples), Text.minute(until));
  }
}
