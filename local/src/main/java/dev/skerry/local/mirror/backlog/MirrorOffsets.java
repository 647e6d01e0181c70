package dev.skerry.local.mirror.backlog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a flow is, from the records in which MirrorMaker keeps it: the key is {@code
 * ["MirrorSourceConnector",{"cluster":…,"partition":…,"topic":…}]} and the value {@code
 * {"offset":…}}, both JSON. Not thread-safe.
 */
final class MirrorOffsets {

  private static final Logger log = LoggerFactory.getLogger(MirrorOffsets.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<TopicPartition, Long> next = new HashMap<>();

  void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return; // Somebody reset the flow's offsets; the next record says where it is.
    }
    try {
      JsonNode partition = JSON.readTree(record.key()).path(1);
      JsonNode offset = JSON.readTree(record.value()).path("offset");
      if (partition.path("topic").isTextual() && offset.canConvertToLong()) {
        next.put(
            new TopicPartition(
                partition.path("topic").textValue(), partition.path("partition").intValue()),
            offset.longValue() + 1);
      }
    } catch (IOException e) {
      log.debug("Not an offset of the mirror: {}", record, e);
    }
  }

  /** The first offset that is not mirrored; 0 where nothing was yet. */
  long next(TopicPartition partition) {
    return next.getOrDefault(partition, 0L);
  }
}
