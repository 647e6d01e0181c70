package dev.skerry.aggregator.sum;

import dev.skerry.aggregator.window.Contribution;
import dev.skerry.aggregator.window.StreamId;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.DeadLetter;
import java.time.Instant;

/**
 * A dead letter counts by its reason under no model and no label: in the window and the stream of
 * the record that it wraps where that can be read, and else when the part gave up, in the stream
 * with the empty name.
 */
public final class DeadLetterContribution implements Contribution<DeadLetter, DetectionSum> {

  private static final String NONE = "";

  private final OriginalRecords originals = new OriginalRecords();

  @Override
  public void add(DeadLetter letter, long appendMillis, Windows<DetectionSum> windows) {
    OriginalRecords.Origin origin =
        originals
            .origin(letter)
            .filter(known -> DetectionRules.isPossible(known.eventTime()))
            .orElseGet(() -> new OriginalRecords.Origin(NONE, possible(letter, appendMillis)));
    StreamId stream = new StreamId(letter.getSiteId(), origin.stream());
    windows
        .at(new WindowKey.Group(stream, NONE, NONE, NONE), origin.eventTime().toEpochMilli())
        .addDeadLetter(letter.getReason().name());
  }

  private static Instant possible(DeadLetter letter, long appendMillis) {
    return DetectionRules.isPossible(letter.getFailedAt())
        ? letter.getFailedAt()
        : Instant.ofEpochMilli(appendMillis);
  }
}
