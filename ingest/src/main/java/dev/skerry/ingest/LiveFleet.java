package dev.skerry.ingest;

import dev.skerry.ingest.simulate.Fleet;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fleet that has run since 1970, seen from now on: which record is due depends on the wall clock
 * alone, so after a restart the devices are where they would have been. The sequence is the event
 * time in milliseconds; it rises over restarts, also with another interval. Not thread-safe.
 */
final class LiveFleet implements Iterator<Telemetry> {

  /** Where a live fleet's records are counted from. */
  static final Instant BEGINNING = Instant.EPOCH;

  private final Iterator<Telemetry> records;
  private final Optional<Instant> end;
  private @Nullable Telemetry next;

  /**
   * Sees the fleet from a time on.
   *
   * @param fleet starts at {@link #BEGINNING}
   * @param now the first record is at or after this
   * @param runsFor the last record is before {@code now} and this; empty: never ends
   */
  LiveFleet(Fleet fleet, Instant now, Optional<Duration> runsFor) {
    Duration sinceBeginning = Duration.between(BEGINNING, now);
    this.records = fleet.from(sinceBeginning.dividedBy(fleet.interval()));
    this.end = runsFor.map(now::plus);
    Telemetry first = records.next();
    while (first.getEventTime().isBefore(now)) {
      first = records.next();
    }
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    return next != null && (end.isEmpty() || next.getEventTime().isBefore(end.get()));
  }

  @Override
  public Telemetry next() {
    Telemetry telemetry = next;
    if (telemetry == null || !hasNext()) {
      throw new NoSuchElementException();
    }
    next = records.hasNext() ? records.next() : null;
    telemetry.setSequence(telemetry.getEventTime().toEpochMilli());
    return telemetry;
  }
}
