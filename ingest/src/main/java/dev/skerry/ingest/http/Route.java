package dev.skerry.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Optional;

/** What a path asks for. */
sealed interface Route {

  /** Telemetry of any kind, in the body. */
  record TelemetryBody() implements Route {}

  /** An image of this device and stream. */
  record FrameBody(String device, String stream) implements Route {}

  String FRAMES = "/v1/frames/";

  /** Empty where there is nothing at the path. */
  static Optional<Route> of(String path) {
    if (path.equals("/v1/telemetry")) {
      return Optional.of(new TelemetryBody());
    }
    if (!path.startsWith(FRAMES)) {
      return Optional.empty();
    }
    String[] names = path.substring(FRAMES.length()).split("/", -1);
    if (names.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FrameBody(decode(names[0]), decode(names[1])));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // Broken escapes name no path.
    }
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }
}
