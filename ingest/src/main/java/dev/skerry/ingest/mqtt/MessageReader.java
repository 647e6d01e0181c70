package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.body.Addressee;
import dev.skerry.ingest.body.AvroBody;
import dev.skerry.ingest.body.Body;
import dev.skerry.ingest.body.ImageBody;
import dev.skerry.ingest.body.JsonBody;
import dev.skerry.ingest.body.Original;
import dev.skerry.ingest.body.Read;
import dev.skerry.ingest.mqtt.packet.Properties;
import dev.skerry.ingest.mqtt.packet.Property;
import java.util.Optional;

/** From a topic, properties and a payload to telemetry. One for each event loop. */
final class MessageReader {

  /** The image's first bytes say which kind it is. */
  private static final String UNTYPED_IMAGE = "application/octet-stream";

  private final String siteId;
  private final JsonBody json;
  private final AvroBody avro;
  private final RawReadings raw;

  MessageReader(String siteId, StreamShapes shapes) {
    this.siteId = siteId;
    this.json = new JsonBody(1);
    this.avro = new AvroBody(1);
    this.raw = new RawReadings(siteId, shapes);
  }

  /** Reads one message that was published to a topic of telemetry. */
  Read read(TopicName topic, Properties properties, byte[] payload) {
    if (topic instanceof TopicName.Readings readings) {
      return readings(readings, properties, payload);
    }
    if (topic instanceof TopicName.Frames frames) {
      return frame(frames, properties, payload);
    }
    return unreadable(TopicName.FORMS);
  }

  /** The same as bytes that nobody could read. */
  static Original original(TopicName topic, Properties properties, byte[] payload) {
    String byTopic =
        topic instanceof TopicName.Readings readings
            ? readings.format().orElse(PayloadFormat.JSON).contentType()
            : UNTYPED_IMAGE;
    return Original.whole(properties.text(Property.CONTENT_TYPE).orElse(byTopic), payload);
  }

  private Read frame(TopicName.Frames topic, Properties properties, byte[] payload) {
    String type = properties.text(Property.CONTENT_TYPE).orElse(UNTYPED_IMAGE);
    try {
      ImageBody.Label label = UserFields.of(properties).label();
      return single(ImageBody.read(payload, type, addressee(topic), topic.stream(), label));
    } catch (UserFields.Wrong e) {
      return e.unreadable();
    }
  }

  private Addressee addressee(TopicName topic) {
    return new Addressee(
        siteId, Optional.of(topic.device()), Optional.of(topic.stream()), Optional.empty());
  }

  private Read readings(TopicName.Readings topic, Properties properties, byte[] payload) {
    Optional<PayloadFormat> byType =
        properties.text(Property.CONTENT_TYPE).flatMap(PayloadFormat::byContentType);
    if (byType.isEmpty() && properties.text(Property.CONTENT_TYPE).isPresent()) {
      return unreadable(
          "The content type is not known; use application/json, application/avro or "
              + PayloadFormat.FLOAT32.contentType());
    }
    if (byType.isPresent() && topic.format().isPresent() && !byType.equals(topic.format())) {
      return unreadable("The content type says otherwise than the topic; leave one of them out");
    }
    Addressee addressee = addressee(topic);
    return switch (topic.format().or(() -> byType).orElse(PayloadFormat.JSON)) {
      case JSON -> single(json.read(payload, addressee));
      case AVRO -> single(avro.read(payload, addressee));
      case FLOAT32 -> raw.read(topic, properties, payload);
    };
  }

  private static Read single(Body body) {
    return body.batch()
        ? unreadable("A message of MQTT holds one message of telemetry, not an array")
        : body.messages().get(0);
  }

  private static Read unreadable(String detail) {
    return new Read.Unreadable("", "", detail);
  }
}
