package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.body.ImageBody;
import dev.skerry.ingest.body.Message;
import dev.skerry.ingest.body.Original;
import dev.skerry.ingest.body.Read;
import dev.skerry.ingest.mqtt.packet.Properties;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays.FloatArray;

/**
 * Readings as nothing but their values: little-endian IEEE 754 of 32 bits, channel by channel. How
 * many channels there are, a user property says or the stream is known for; the rest may be said by
 * user properties and is given by the gateway otherwise. Thread-safe.
 */
final class RawReadings {

  private static final Schema VALUES = Readings.getClassSchema().getField("values").schema();

  private final String siteId;
  private final StreamShapes shapes;

  RawReadings(String siteId, StreamShapes shapes) {
    this.siteId = siteId;
    this.shapes = shapes;
  }

  Read read(TopicName.Readings topic, Properties properties, byte[] payload) {
    if (payload.length == 0 || payload.length % Float.BYTES != 0) {
      return new Read.Unreadable(
          "readings.values",
          "byte " + payload.length,
          "The payload has " + payload.length + " bytes; send four for each value");
    }
    try {
      return new Read.Understood(message(topic, UserFields.of(properties), payload));
    } catch (UserFields.Wrong e) {
      return e.unreadable();
    }
  }

  private Message message(TopicName.Readings topic, UserFields fields, byte[] payload)
      throws UserFields.Wrong {
    int size = payload.length / Float.BYTES;
    int channels = channels(topic, fields, size);
    Readings readings =
        Readings.newBuilder()
            .setChannels(channels)
            .setSteps(fields.steps().orElse(size / channels))
            .setSampleRateHz(fields.sampleRateHz())
            .setValues(values(payload, size))
            .build();
    ImageBody.Label label = fields.label();
    Telemetry telemetry =
        Telemetry.newBuilder()
            .setSiteId(siteId)
            .setDeviceId(topic.device())
            .setStream(topic.stream())
            .setEventTime(label.eventTime().orElse(Instant.EPOCH))
            .setBootEpoch(label.bootEpoch())
            .setSequence(label.sequence().orElse(0))
            .setAttributes(label.attributes())
            .setPayload(readings)
            .build();
    return new Message(
        telemetry,
        label.sequence().isPresent(),
        label.eventTime().isPresent(),
        Original.whole(PayloadFormat.FLOAT32.contentType(), payload));
  }

  private int channels(TopicName.Readings topic, UserFields fields, int size)
      throws UserFields.Wrong {
    OptionalInt said = fields.channels();
    if (said.isEmpty() && fields.steps().isPresent()) {
      return Math.max(1, size / fields.steps().getAsInt());
    }
    OptionalInt known = said.isPresent() ? said : shapes.channels(topic.stream());
    return known.orElseThrow(
        () ->
            new UserFields.Wrong(
                "channels",
                "How many channels there are is not known; say it in the user property channels,"
                    + " or in the file of devices and streams"));
  }

  private static FloatArray values(byte[] payload, int size) {
    var floats = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    FloatArray values = new FloatArray(size, VALUES);
    for (int i = 0; i < size; i++) {
      values.add(i, floats.get(i));
    }
    return values;
  }
}
