package dev.skerry.ingest.intake;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic;

/**
 * A message's place among those of its device, in the topic that it goes to. A message's identity
 * is this and the hash of what it says.
 */
record SequenceKey(String topic, String deviceId, String stream, long bootEpoch, long sequence) {

  static SequenceKey of(Topic topic, Telemetry telemetry) {
    return new SequenceKey(
        topic.name(),
        telemetry.getDeviceId(),
        telemetry.getStream(),
        telemetry.getBootEpoch(),
        telemetry.getSequence());
  }
}
