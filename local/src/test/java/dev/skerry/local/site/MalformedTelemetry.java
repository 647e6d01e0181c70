package dev.skerry.local.site;

import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.WireFormat;
import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One record for each reason for which inference gives a record up. */
final class MalformedTelemetry {

  private MalformedTelemetry() {}

  /** Writes them to the telemetry topic; they are there when it returns. */
  static Map<DeadLetterReason, byte[]> send(Broker broker, String stream)
      throws ExecutionException, InterruptedException {
    Map<DeadLetterReason, byte[]> records = records(stream);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            broker.client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
      for (byte[] value : records.values()) {
        producer.send(new ProducerRecord<>(Topics.TELEMETRY.name(), "odd", value)).get();
      }
    }
    return records;
  }

  private static Map<DeadLetterReason, byte[]> records(String stream) {
    AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
    byte[] good = encoder.encode(telemetry(stream, 1, 1f));
    byte[] unknownSchema = good.clone();
    WireFormat.writeHeader(unknownSchema, 77);
    Map<DeadLetterReason, byte[]> records = new EnumMap<>(DeadLetterReason.class);
    records.put(DeadLetterReason.NOT_AVRO, new byte[] {42, 1, 2, 3, 4, 5, 6, 7});
    records.put(DeadLetterReason.UNKNOWN_SCHEMA, unknownSchema);
    records.put(DeadLetterReason.UNDECODABLE, Arrays.copyOf(good, good.length - 3));
    records.put(DeadLetterReason.WRONG_SHAPE, good);
    records.put(DeadLetterReason.NO_MODEL, encoder.encode(telemetry("unheard-of", 1, 1f)));
    records.put(DeadLetterReason.NOT_A_NUMBER, encoder.encode(telemetry(stream, 90, Float.NaN)));
    return records;
  }

  /** Three channels, each with a third of the values. */
  private static Telemetry telemetry(String stream, int values, float value) {
    List<Float> floats = Collections.nCopies(values, value);
    int channels = values % 3 == 0 ? 3 : 1;
    return Telemetry.newBuilder()
        .setDeviceId("odd")
        .setSiteId("local")
        .setStream(stream)
        .setEventTime(Instant.parse("2026-01-01T00:00:00Z"))
        .setSequence(1)
        .setPayload(
            Readings.newBuilder()
                .setChannels(channels)
                .setSteps(values / channels)
                .setValues(floats)
                .build())
        .build();
  }
}
