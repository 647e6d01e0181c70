package dev.skerry.bench.subject;

import dev.skerry.inference.InferenceConfig;
import dev.skerry.inference.WorkerClients;
import dev.skerry.service.Settings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Poll, answer each record, send, commit answers and offsets in one transaction: the loop that
 * every Kafka book shows, on the very clients of the inference processor. It runs until the process
 * is told to stop. One thread each.
 */
final class PlainLoop implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(PlainLoop.class);
  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], ByteBuffer> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> topics;
  private final Answer answer;

  /** What is written for one record. */
  @FunctionalInterface
  interface Answer {
    ProducerRecord<byte[], byte[]> to(ConsumerRecord<byte[], ByteBuffer> record);
  }

  private PlainLoop(WorkerClients clients, List<String> topics, Answer answer) {
    this.consumer = clients.newConsumer();
    this.producer = clients.newProducer();
    this.topics = topics;
    this.answer = answer;
  }

  /** Starts as many loops as the processor has workers; each answers in its own way. */
  static void start(Settings settings, Supplier<Answer> answers) {
    InferenceConfig config = settings.get(InferenceConfig.class);
    for (int number = 0; number < config.workers(); number++) {
      String name = config.instance() + "-" + number;
      WorkerClients clients = new WorkerClients(settings.kafka(), config.group(), name);
      new Thread(new PlainLoop(clients, config.topics(), answers.get()), name).start();
    }
  }

  @Override
  public void run() {
    try {
      producer.initTransactions();
      consumer.subscribe(topics);
      while (true) {
        ConsumerRecords<byte[], ByteBuffer> polled = poll();
        if (!polled.isEmpty()) {
          answerOnce(polled);
        }
      }
    } catch (KafkaException e) {
      log.error("The loop ends", e);
      Runtime.getRuntime().halt(1);
    }
  }

  private ConsumerRecords<byte[], ByteBuffer> poll() {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (NoOffsetForPartitionException e) {
      consumer.seekToBeginning(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void answerOnce(ConsumerRecords<byte[], ByteBuffer> polled) {
    producer.beginTransaction();
    try {
      for (ConsumerRecord<byte[], ByteBuffer> record : polled) {
        send(answer.to(record));
      }
      producer.sendOffsetsToTransaction(polled.nextOffsets(), consumer.groupMetadata());
      producer.commitTransaction();
    } catch (KafkaException e) {
      // The other worker joins in the middle of the first polls: they are done again.
      log.info("Rolled back: {}", e.toString());
      producer.abortTransaction();
      rewind(polled);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent fails the commit.
  private void send(ProducerRecord<byte[], byte[]> out) {
    producer.send(out);
  }

  private void rewind(ConsumerRecords<byte[], ByteBuffer> polled) {
    Set<TopicPartition> assigned = consumer.assignment();
    for (TopicPartition partition : polled.partitions()) {
      if (assigned.contains(partition)) {
        consumer.seek(partition, polled.records(partition).get(0).offset());
      }
    }
  }
}
