package dev.skerry.local.prove;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Whether each device's detections stand in the order of its telemetry. */
final class DeviceOrder {

  private final AvroDecoder<Detection> decoder = new AvroDecoder<>(Detection.class);
  private final Map<String, Long> lastOffsetByDevice = new HashMap<>();
  private long overtakings;

  private DeviceOrder() {}

  /** How many detections stand behind one whose telemetry is younger. */
  static long overtakings(String bootstrapServers) {
    DeviceOrder order = new DeviceOrder();
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.DETECTIONS.name()))), order::see);
    }
    return order.overtakings;
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    if (decoder.decode(record.value()) instanceof Decoded.Value<Detection> detection) {
      long offset = detection.value().getSource().getOffset();
      Long before = lastOffsetByDevice.put(detection.value().getDeviceId(), offset);
      overtakings += before != null && before > offset ? 1 : 0;
    }
  }
}
