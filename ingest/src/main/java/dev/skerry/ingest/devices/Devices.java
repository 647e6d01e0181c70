package dev.skerry.ingest.devices;

import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.ingest.intake.Finding;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.ingest.intake.Rules.Violation;
import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A site's devices and streams, as a file says at one time. Immutable. */
final class Devices {

  /** A site about which nothing is said: everybody may send everything, and nobody has a token. */
  static final Devices NONE = new Devices(true, Optional.empty(), Map.of(), Map.of());

  private final boolean admitsUnknown;
  private final Optional<Map<String, StreamRule>> streams;
  private final Map<String, DeviceEntry> devices;
  private final NavigableMap<String, DeviceEntry> byPrefix;
  private final Map<TokenHash, String> deviceByToken = new HashMap<>();

  /**
   * Made of what a file says.
   *
   * @param admitsUnknown whether devices may send that are not named
   * @param streams the rules of each stream; empty where any stream will do
   * @param devices by name
   * @param byPrefix by what names begin with
   */
  Devices(
      boolean admitsUnknown,
      Optional<Map<String, StreamRule>> streams,
      Map<String, DeviceEntry> devices,
      Map<String, DeviceEntry> byPrefix) {
    this.admitsUnknown = admitsUnknown;
    this.streams = streams.map(Map::copyOf);
    this.devices = Map.copyOf(devices);
    this.byPrefix = new TreeMap<>(byPrefix);
    devices.forEach(
        (name, entry) -> {
          if (!entry.disabled()) {
            entry.tokens().forEach(token -> deviceByToken.put(token, name));
          }
        });
  }

  /** How many channels the readings of a stream have; empty where nothing is said. */
  OptionalInt channels(String stream) {
    StreamRule rule = streams.map(all -> all.get(stream)).orElse(null);
    return rule == null ? OptionalInt.empty() : rule.channels();
  }

  Optional<String> deviceOf(TokenHash token) {
    return Optional.ofNullable(deviceByToken.get(token));
  }

  /** What is against the rules; a disabled device is refused however lenient they are. */
  Optional<Violation> check(Telemetry telemetry, Instant now, boolean enforced) {
    return disabled(telemetry)
        .or(
            () ->
                device(telemetry, entry(telemetry.getDeviceId()))
                    .or(() -> stream(telemetry, now))
                    .map(finding -> new Violation(finding, enforced)));
  }

  /** Whether the device may send nothing at all. */
  Optional<Violation> disabled(Telemetry telemetry) {
    return entry(telemetry.getDeviceId())
        .filter(DeviceEntry::disabled)
        .map(
            entry ->
                new Violation(
                    new Finding(RefusalReason.UNKNOWN_DEVICE, "deviceId", "The device is disabled"),
                    true));
  }

  private Optional<Finding> device(Telemetry telemetry, Optional<DeviceEntry> entry) {
    if (entry.isEmpty()) {
      return admitsUnknown
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  RefusalReason.UNKNOWN_DEVICE,
                  "deviceId",
                  "The site has no such device; add it to the gateway's devices file"));
    }
    boolean mayStream =
        entry.get().streams().map(names -> names.contains(telemetry.getStream())).orElse(true);
    return mayStream
        ? Optional.empty()
        : Optional.of(
            new Finding(
                RefusalReason.UNKNOWN_STREAM,
                "stream",
                "The device has no such stream; add it in the gateway's devices file"));
  }

  private Optional<Finding> stream(Telemetry telemetry, Instant now) {
    if (streams.isEmpty()) {
      return Optional.empty();
    }
    StreamRule rule = streams.get().get(telemetry.getStream());
    return rule == null
        ? Optional.of(
            new Finding(
                RefusalReason.UNKNOWN_STREAM,
                "stream",
                "The site has no such stream; add it to the gateway's devices file"))
        : rule.check(telemetry, now);
  }

  /** By its own name, or by the longest beginning that fits. */
  private Optional<DeviceEntry> entry(String deviceId) {
    DeviceEntry own = devices.get(deviceId);
    if (own != null || byPrefix.isEmpty()) {
      return Optional.ofNullable(own);
    }
    return byPrefix.headMap(deviceId, true).descendingMap().entrySet().stream()
        .filter(entry -> deviceId.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** What is in it, for people. */
  String describe() {
    return "%d devices, %d name patterns, %d streams, %d tokens"
        .formatted(
            devices.size(),
            byPrefix.size(),
            streams.map(Map::size).orElse(0),
            deviceByToken.size());
  }
}
