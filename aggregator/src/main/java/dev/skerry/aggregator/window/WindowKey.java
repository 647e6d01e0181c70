package dev.skerry.aggregator.window;

import dev.skerry.schemas.AggregateKey;
import java.time.Instant;

/**
 * One window of a group of records that are added up together: a cheap key for maps, since {@link
 * AggregateKey} hashes through its schema.
 *
 * @param startMillis first instant of the window, epoch milliseconds
 * @param sizeMillis length of the window
 */
public record WindowKey(Group group, long startMillis, long sizeMillis) {

  /**
   * What is added up together.
   *
   * @param stream whose event time it follows
   * @param model empty where no model is concerned, and so its version
   * @param label empty where no label is concerned
   */
  public record Group(StreamId stream, String model, String modelVersion, String label) {}

  static WindowKey around(Group group, long eventMillis, long sizeMillis) {
    return new WindowKey(group, Math.floorDiv(eventMillis, sizeMillis) * sizeMillis, sizeMillis);
  }

  /** The key as it is written. */
  public static WindowKey of(AggregateKey key) {
    return new WindowKey(
        new Group(
            new StreamId(key.getSiteId(), key.getStream()),
            key.getModel(),
            key.getModelVersion(),
            key.getLabel()),
        key.getWindowStart().toEpochMilli(),
        key.getWindowMillis());
  }

  /** The window of another length that this one lies in. */
  WindowKey within(long otherSizeMillis) {
    return otherSizeMillis == sizeMillis ? this : around(group, startMillis, otherSizeMillis);
  }

  StreamId stream() {
    return group.stream();
  }

  /** First instant after the window, epoch milliseconds. */
  public long endMillis() {
    return startMillis + sizeMillis;
  }

  /** The key to be written. */
  public AggregateKey toAvro() {
    return new AggregateKey(
        group.stream().siteId(),
        group.stream().stream(),
        group.model(),
        group.modelVersion(),
        group.label(),
        Instant.ofEpochMilli(startMillis),
        sizeMillis);
  }
}
