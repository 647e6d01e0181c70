package dev.skerry.ingest.mqtt;

import java.util.Optional;

/** What a topic says of the messages that are published to it. */
sealed interface TopicName {

  /** {@code telemetry/DEVICE/STREAM}, with {@code /json}, {@code /avro} or {@code /f32} at will. */
  record Readings(String device, String stream, Optional<PayloadFormat> format)
      implements TopicName {}

  /** {@code frames/DEVICE/STREAM}. */
  record Frames(String device, String stream) implements TopicName {}

  /** None that telemetry is published to. */
  record Foreign(String topic) implements TopicName {}

  /** The device that publishes to it; empty where that is none. */
  default String device() {
    return "";
  }

  /** The stream that is published; empty where there is none. */
  default String stream() {
    return "";
  }

  /** How a topic should look, for people. */
  String FORMS =
      "publish to telemetry/DEVICE/STREAM, telemetry/DEVICE/STREAM/json|avro|f32 or"
          + " frames/DEVICE/STREAM";

  /** Reads a topic. */
  static TopicName parse(String topic) {
    String[] levels = topic.split("/", -1);
    if (levels.length < 3 || levels[1].isEmpty() || levels[2].isEmpty()) {
      return new Foreign(topic);
    }
    if (levels[0].equals("frames") && levels.length == 3) {
      return new Frames(levels[1], levels[2]);
    }
    if (levels[0].equals("telemetry") && levels.length == 3) {
      return new Readings(levels[1], levels[2], Optional.empty());
    }
    if (levels[0].equals("telemetry") && levels.length == 4) {
      return PayloadFormat.bySuffix(levels[3])
          .<TopicName>map(format -> new Readings(levels[1], levels[2], Optional.of(format)))
          .orElseGet(() -> new Foreign(topic));
    }
    return new Foreign(topic);
  }
}
