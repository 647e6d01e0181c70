package dev.skerry.aggregator;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Copies what the ledger needs from a site to the cloud, partition for partition and with its times
 * as MirrorMaker does, but for the faults that it is told to make.
 */
final class FaultyMirror {

  /** How often a record arrives: 0 lost, 1 as it should be, 2 doubled. */
  @FunctionalInterface
  interface Faults {
    int copies(ConsumerRecord<byte[], byte[]> record);
  }

  private final Thread thread = new Thread(this::copyUntilClosed, "faulty-mirror");
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final KafkaSite edge;
  private final KafkaSite cloud;
  private final Faults faults;
  private volatile boolean closing;

  FaultyMirror(KafkaSite edge, KafkaSite cloud, Faults faults) {
    this.edge = edge;
    this.cloud = cloud;
    this.faults = faults;
    thread.start();
  }

  private void copyUntilClosed() {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", edge.bootstrapServers(), "isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> from =
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        KafkaProducer<byte[], byte[]> to = cloud.producer()) {
      List<TopicPartition> partitions = partitions(from);
      from.assign(partitions);
      from.seekToBeginning(partitions);
      while (!closing) {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : from.poll(Duration.ofMillis(100))) {
          int copies = record.topic().equals(Topics.LEDGER.name()) ? 1 : faults.copies(record);
          for (int copy = 0; copy < copies; copy++) {
            acknowledgements.add(to.send(copyOf(record)));
          }
        }
        KafkaSite.awaitAll(acknowledgements);
      }
      ended.complete(null);
    } catch (RuntimeException | AssertionError e) {
      ended.completeExceptionally(e);
    }
  }

  private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> from) {
    List<Topic> topics = new ArrayList<>(Topics.ledgered());
    topics.add(Topics.LEDGER);
    return topics.stream()
        .flatMap(topic -> from.partitionsFor(topic.name()).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> copyOf(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), record.partition(), record.timestamp(), record.key(), record.value());
  }

  /** Ends with what was copied, or says why it could not. */
  void close() {
    closing = true;
    ended.join();
  }
}
