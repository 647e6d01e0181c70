package dev.skerry.service;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the guarantees of every part rest on, for clients whose records are bytes: the fixed
 * settings of {@link KafkaSettings#producer} and {@link KafkaSettings#consumer}.
 */
public final class FixedSettings {

  private FixedSettings() {}

  /** What is acknowledged is in every replica in sync, once and in order. */
  public static Map<String, Object> ofProducer() {
    Map<String, Object> fixed = new HashMap<>();
    fixed.put(ProducerConfig.ACKS_CONFIG, "all");
    fixed.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    fixed.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    fixed.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return fixed;
  }

  /** The same with the name under which transactions go on after a restart. */
  public static Map<String, Object> ofTransactionalProducer(String transactionalId) {
    Map<String, Object> fixed = ofProducer();
    fixed.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return fixed;
  }

  /**
   * What is read was committed; nothing is committed, and no topic made, by the way.
   *
   * @param offsetReset where to read when there is no offset to go on from: {@code earliest},
   *     {@code latest}, or {@code none} where the part says so itself
   */
  public static Map<String, Object> ofConsumer(String offsetReset) {
    Map<String, Object> fixed = new HashMap<>();
    fixed.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, offsetReset);
    fixed.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    fixed.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    fixed.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    fixed.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    fixed.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return fixed;
  }

  /** The same as the member of a group whose place is kept through a restart. */
  public static Map<String, Object> ofMember(String offsetReset, String group, String instance) {
    Map<String, Object> fixed = ofConsumer(offsetReset);
    fixed.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    fixed.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    // With the newer protocol a member that was killed cannot rejoin for half a minute.
    fixed.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    return fixed;
  }
}
