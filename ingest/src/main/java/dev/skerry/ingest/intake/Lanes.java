package dev.skerry.ingest.intake;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the sequences of devices and streams have come, for as many as fit; the one that was
 * silent the longest goes first. Not thread-safe.
 */
final class Lanes {

  private final InstantSource clock;
  private final Map<Lane, Progress> lanes;

  private record Lane(String topic, String deviceId, String stream) {
    static Lane of(SequenceKey key) {
      return new Lane(key.topic(), key.deviceId(), key.stream());
    }
  }

  private record Progress(long bootEpoch, long highest) {}

  Lanes(int maxLanes, InstantSource clock) {
    this.clock = clock;
    this.lanes =
        new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Lane, Progress> eldest) {
            return size() > maxLanes;
          }
        };
  }

  /** Notes a sequence; true where the device had come further before, or was rebooted since. */
  boolean pass(SequenceKey key) {
    Lane lane = Lane.of(key);
    Progress before = lanes.get(lane);
    if (before == null || before.bootEpoch < key.bootEpoch()) {
      lanes.put(lane, new Progress(key.bootEpoch(), key.sequence()));
      return false;
    }
    if (before.bootEpoch > key.bootEpoch() || before.highest >= key.sequence()) {
      return true;
    }
    lanes.put(lane, new Progress(before.bootEpoch, key.sequence()));
    return false;
  }

  /**
   * The sequence of a message that has none: milliseconds since 1970, or one more than the last of
   * its device and stream where that is later. So it rises, also over a restart.
   */
  long next(SequenceKey key) {
    Progress before = lanes.get(Lane.of(key));
    long now = clock.millis();
    return before == null || before.bootEpoch != key.bootEpoch()
        ? now
        : Math.max(now, before.highest + 1);
  }
}
