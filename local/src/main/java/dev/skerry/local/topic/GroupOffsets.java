package dev.skerry.local.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups have come. */
public final class GroupOffsets {

  private GroupOffsets() {}

  /** The next offset that a group will read, by partition; nothing for a group that never read. */
  public static Map<TopicPartition, Long> committed(Admin admin, String group)
      throws InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try {
      for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet()) {
        if (entry.getValue() != null) {
          offsets.put(entry.getKey(), entry.getValue().offset());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The committed offsets of the group " + group + " cannot be read: " + e.getCause(), e);
    }
    return offsets;
  }
}
