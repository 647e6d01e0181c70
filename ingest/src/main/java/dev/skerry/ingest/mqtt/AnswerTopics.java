package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.answers.Subscribers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who has subscribed to the answers of which device. Thread-safe. */
public final class AnswerTopics implements Subscribers {

  static final String PREFIX = "detections/";

  private final Map<String, Set<Outbox>> byDevice = new ConcurrentHashMap<>();

  @Override
  public boolean isWanted(String deviceId) {
    return byDevice.containsKey(deviceId);
  }

  @Override
  public void tell(String deviceId, byte[] json, long inferredAtMillis) {
    for (Outbox outbox : byDevice.getOrDefault(deviceId, Set.of())) {
      outbox.offer(PREFIX + deviceId, json, inferredAtMillis);
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
