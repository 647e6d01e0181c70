package dev.skerry.local.letters;

import dev.skerry.ingest.DurationConverter;
import dev.skerry.schemas.DeadLetterReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which dead letters. */
final class LetterFilter {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those given up for this reason: ${COMPLETION-CANDIDATES}.")
  private Optional<DeadLetterReason> reason = Optional.empty();

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "Only those that this part gave up: ingest, inference, aggregator, select.")
  private Optional<String> stage = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Only those of the last 10m, 2h, 7d …")
  private Optional<Duration> since = Optional.empty();

  boolean isGiven() {
    return reason.isPresent() || stage.isPresent() || since.isPresent();
  }

  Predicate<Letter> wanted() {
    Optional<Instant> from = since.map(ago -> Instant.now().minus(ago));
    return letter ->
        reason.filter(wanted -> letter.content().getReason() != wanted).isEmpty()
            && stage.filter(wanted -> !letter.content().getStage().equals(wanted)).isEmpty()
            && from.filter(first -> letter.content().getFailedAt().isBefore(first)).isEmpty();
  }
}
