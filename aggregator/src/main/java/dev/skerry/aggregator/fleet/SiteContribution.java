package dev.skerry.aggregator.fleet;

import dev.skerry.aggregator.sum.AggregateForm;
import dev.skerry.aggregator.sum.DetectionSum;
import dev.skerry.aggregator.window.Contribution;
import dev.skerry.aggregator.window.StreamId;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.serde.Decoded;
import java.time.Duration;

/**
 * A site's aggregate, final result or late delta, counts in the fleet's window of its beginning,
 * under the site {@link #ALL_SITES}. Those of one length of window hold all detections once.
 *
 * @param from that length
 */
record SiteContribution(Duration from) implements Contribution<Aggregate, DetectionSum> {

  /** Stands for all sites in the place of one. */
  static final String ALL_SITES = "*";

  @Override
  public void add(Aggregate aggregate, long appendMillis, Windows<DetectionSum> windows) {
    long startMillis = aggregate.getWindowStart().toEpochMilli();
    if (aggregate.getWindowEnd().toEpochMilli() - startMillis == from.toMillis()) {
      WindowKey.Group group =
          new WindowKey.Group(
              new StreamId(ALL_SITES, aggregate.getStream()),
              aggregate.getModel(),
              aggregate.getModelVersion(),
              aggregate.getLabel());
      AggregateForm.addTo(windows.at(group, startMillis), aggregate);
    }
  }

  /** The aggregate, or why it cannot be added up. */
  static Decoded<Aggregate> check(Aggregate aggregate) {
    try {
      AggregateForm.sum(aggregate);
      return new Decoded.Value<>(aggregate);
    } catch (IllegalArgumentException e) {
      return new Decoded.Malformed<>(DeadLetterReason.INVALID, e.getMessage() + ".");
    }
  }
}
