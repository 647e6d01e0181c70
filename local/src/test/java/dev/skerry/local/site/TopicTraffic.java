package dev.skerry.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records of any kind, written and counted as one user or another. */
final class TopicTraffic {

  private TopicTraffic() {}

  static long count(Broker broker, Topic topic) {
    AtomicLong records = new AtomicLong();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(topic.name()))),
          record -> records.incrementAndGet());
    }
    return records.get();
  }

  static void write(Broker broker, Topic topic, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            broker.client(Map.of("max.block.ms", "20000")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic.name(), value.getBytes(UTF_8)))
          .get(30, TimeUnit.SECONDS);
    }
  }
}
