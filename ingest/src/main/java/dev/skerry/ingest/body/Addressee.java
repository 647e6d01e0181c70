package dev.skerry.ingest.body;

import dev.skerry.schemas.Telemetry;
import java.util.Optional;

/**
 * What is known of a message from elsewhere than its body. A body may leave it out.
 *
 * @param siteId the gateway's site
 * @param deviceId the device that a path or topic names; a body must not say otherwise
 * @param stream the stream that a path or topic names; a body must not say otherwise
 * @param sender the device that sends; it is meant where nothing else names one
 */
public record Addressee(
    String siteId, Optional<String> deviceId, Optional<String> stream, Optional<String> sender) {

  /** Whom a message is of that does not say so itself. */
  Optional<String> device() {
    return deviceId.isPresent() ? deviceId : sender;
  }

  /** The field in which a message says otherwise than its path or topic; empty where none does. */
  Optional<String> contradictedBy(Telemetry telemetry) {
    if (!deviceId.map(telemetry.getDeviceId()::equals).orElse(true)) {
      return Optional.of("deviceId");
    }
    return stream.map(telemetry.getStream()::equals).orElse(true)
        ? Optional.empty()
        : Optional.of("stream");
  }
}
