package dev.skerry.local.mirror.keep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What the site's brokers say of their disks.
 *
 * @param sizes what each partition takes
 * @param usableBytes what is free on the fullest of them; empty where a broker does not say
 */
public record EdgeDisk(Map<TopicPartition, Long> sizes, OptionalLong usableBytes) {

  /** Asks them; throws {@link KafkaException} where they do not answer. */
  public static EdgeDisk ask(Admin admin) throws InterruptedException {
    Map<TopicPartition, Long> sizes = new HashMap<>();
    OptionalLong usable = OptionalLong.empty();
    try {
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      for (Map<String, LogDirDescription> dirs :
          admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        for (LogDirDescription dir : dirs.values()) {
          usable = least(usable, dir.usableBytes());
          dir.replicaInfos()
              .forEach((partition, info) -> sizes.merge(partition, info.size(), Math::max));
        }
      }
      return new EdgeDisk(sizes, usable);
    } catch (ExecutionException e) {
      throw new KafkaException("Sizes of partitions cannot be read: " + e.getCause(), e);
    }
  }

  private static OptionalLong least(OptionalLong known, OptionalLong more) {
    if (known.isEmpty()) {
      return more;
    }
    return more.isEmpty() ? known : OptionalLong.of(Math.min(known.getAsLong(), more.getAsLong()));
  }
}
