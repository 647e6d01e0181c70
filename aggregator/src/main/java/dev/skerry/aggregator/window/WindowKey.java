package dev.skerry.aggregator.window;

import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.Detection;
import java.time.Instant;

/**
 * Which aggregate, as a cheap key for maps: {@link AggregateKey} hashes through its schema.
 *
 * @param stream whose event time it follows
 * @param startMillis first instant of the window, epoch milliseconds
 * @param sizeMillis length of the window
 */
record WindowKey(
    StreamId stream,
    String model,
    String modelVersion,
    String label,
    long startMillis,
    long sizeMillis) {

  static WindowKey of(Detection detection, long eventMillis, long sizeMillis) {
    return new WindowKey(
        new StreamId(detection.getSiteId(), detection.getStream()),
        detection.getModel(),
        detection.getModelVersion(),
        detection.getLabel(),
        Math.floorDiv(eventMillis, sizeMillis) * sizeMillis,
        sizeMillis);
  }

  static WindowKey of(AggregateKey key) {
    return new WindowKey(
        StreamId.of(key),
        key.getModel(),
        key.getModelVersion(),
        key.getLabel(),
        key.getWindowStart().toEpochMilli(),
        key.getWindowMillis());
  }

  long endMillis() {
    return startMillis + sizeMillis;
  }

  AggregateKey toAvro() {
    return new AggregateKey(
        stream.siteId(),
        stream.stream(),
        model,
        modelVersion,
        label,
        Instant.ofEpochMilli(startMillis),
        sizeMillis);
  }
}
