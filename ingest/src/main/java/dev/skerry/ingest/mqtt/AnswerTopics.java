package dev.skerry.ingest.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has subscribed to the answers of which device. Thread-safe. */
public final class AnswerTopics {

  static final String PREFIX = "detections/";

  private final Map<String, Set<Outbox>> byDevice = new ConcurrentHashMap<>();

  /** Whether anybody wants the answers of this device. */
  public boolean isWanted(String deviceId) {
    return byDevice.containsKey(deviceId);
  }

  /**
   * Hands an answer to everyone who wants it, without waiting for anybody.
   *
   * @param inferredAtMillis when the model had answered, from which the latency is measured
   */
  public void tell(String deviceId, byte[] payload, long inferredAtMillis) {
    for (Outbox outbox : byDevice.getOrDefault(deviceId, Set.of())) {
      outbox.offer(PREFIX + deviceId, payload, inferredAtMillis);
    }
  }

  void subscribe(String deviceId, Outbox outbox) {
    byDevice.compute(
        deviceId,
        (device, outboxes) -> {
          Set<Outbox> grown = outboxes == null ? ConcurrentHashMap.newKeySet() : outboxes;
          grown.add(outbox);
          return grown;
        });
  }

  void unsubscribe(String deviceId, Outbox outbox) {
    byDevice.computeIfPresent(
        deviceId,
        (device, outboxes) -> {
          outboxes.remove(outbox);
          return outboxes.isEmpty() ? null : outboxes;
        });
  }

  int size() {
    return byDevice.values().stream().mapToInt(Set::size).sum();
  }
}
