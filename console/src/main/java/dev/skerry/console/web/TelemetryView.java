package dev.skerry.console.web;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The telemetry that a detection answers: a frame as it came, readings as curves. Thread-safe. */
final class TelemetryView {

  private static final int MOST_STEPS = 600;

  private final Behind behind;

  TelemetryView(Behind behind) {
    this.behind = behind;
  }

  /**
   * Readings for people to see.
   *
   * @param steps of each channel before any were left out
   * @param channels every nth step of each, so that there are no more than a screen shows
   */
  record Curves(
      String device, String stream, int steps, float sampleRateHz, List<List<Float>> channels) {}

  /** By {@code TOPIC/PARTITION/OFFSET}. */
  Reply at(String place) {
    String[] parts = place.split("/", -1);
    Optional<Telemetry> found = Optional.empty();
    if (parts.length == 3 && parts[1].matches("\\d{1,6}") && parts[2].matches("\\d{1,18}")) {
      found = behind.telemetry(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }
    return found
        .map(TelemetryView::reply)
        .orElseGet(() -> Reply.text(404, "There is no telemetry at " + place + " any more"));
  }

  private static Reply reply(Telemetry telemetry) {
    if (telemetry.getPayload() instanceof Frame frame) {
      return frame(frame);
    }
    return telemetry.getPayload() instanceof Readings readings
        ? Reply.json(200, curves(telemetry, readings)).toBeKept()
        : Reply.text(404, "The telemetry holds nothing that can be shown");
  }

  private static Reply frame(Frame frame) {
    if (frame.getEncoding() == FrameEncoding.UNKNOWN) {
      return Reply.text(404, "The frame is encoded in a way that is not known here");
    }
    String type = frame.getEncoding() == FrameEncoding.PNG ? "image/png" : "image/jpeg";
    byte[] image = new byte[frame.getData().remaining()];
    frame.getData().duplicate().get(image);
    return Reply.ok(type, image).toBeKept();
  }

  private static Curves curves(Telemetry telemetry, Readings readings) {
    int steps = readings.getSteps();
    int every = Math.max(1, (steps + MOST_STEPS - 1) / MOST_STEPS);
    List<Float> values = readings.getValues();
    List<List<Float>> channels = new ArrayList<>();
    for (int channel = 0; channel < readings.getChannels(); channel++) {
      List<Float> curve = new ArrayList<>();
      for (int step = 0; step < steps; step += every) {
        int index = channel * steps + step;
        if (index < values.size() && Float.isFinite(values.get(index))) {
          curve.add(values.get(index));
        }
      }
      channels.add(curve);
    }
    return new Curves(
        telemetry.getDeviceId(),
        telemetry.getStream(),
        steps,
        readings.getSampleRateHz(),
        channels);
  }
}
