package dev.skerry.aggregator.sum;

import dev.skerry.aggregator.window.Contribution;
import dev.skerry.aggregator.window.StreamId;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.Detection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** A detection counts in the window of its event time, under its model, version and label. */
public final class DetectionContribution implements Contribution<Detection, DetectionSum> {

  private final Counter detections;

  public DetectionContribution(MeterRegistry metrics) {
    detections =
        Counter.builder("skerry.aggregator.detections")
            .description("Detections that were added up")
            .register(metrics);
  }

  @Override
  public void add(Detection detection, long appendMillis, Windows<DetectionSum> windows) {
    WindowKey.Group group =
        new WindowKey.Group(
            new StreamId(detection.getSiteId(), detection.getStream()),
            detection.getModel(),
            detection.getModelVersion(),
            detection.getLabel());
    windows.at(group, detection.getEventTime().toEpochMilli()).add(detection);
    detections.increment();
  }
}
