package dev.skerry.bench.prove.warehouse;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the connector's tasks tell each other about commits, as soon as it is written and
 * before its transaction ends, so that a kill can be aimed at a commit. Not thread-safe.
 */
final class CommitWatch implements AutoCloseable {

  /** The types of Iceberg's events, by the numbers that they have on the control topic. */
  private static final int START_COMMIT = 0;

  private static final int DATA_WRITTEN = 1;
  private static final int COMMIT_COMPLETE = 4;

  private static final int MAGIC_BYTES = 2;
  private static final long POLL_MILLIS = 20;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition control;
  private final Map<String, Schema> schemas = new HashMap<>();
  private boolean isUnderWay;

  CommitWatch(String bootstrapServers, String topic) {
    this.control = new TopicPartition(topic, 0);
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_uncommitted",
                "auto.offset.reset",
                "earliest",
                "fetch.max.wait.ms",
                Long.toString(POLL_MILLIS)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(control));
  }

  /** Nobody goes on with the commit of a worker that is dead. */
  void forgetWhatIsUnderWay() {
    catchUp();
    isUnderWay = false;
  }

  /** Waits for the next commit to begin; false where none does in time. */
  boolean awaitStart(Duration patience) {
    return await(START_COMMIT, patience);
  }

  /** Waits for the next files to be reported, in a transaction that is open then. */
  boolean awaitFiles(Duration patience) {
    return await(DATA_WRITTEN, patience);
  }

  private boolean await(int wanted, Duration patience) {
    catchUp();
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      if (poll().contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a commit has begun and not come to its end, to judge by all that is written. */
  boolean isCommitUnderWay() {
    catchUp();
    return isUnderWay;
  }

  private void catchUp() {
    long end = consumer.endOffsets(List.of(control)).getOrDefault(control, 0L);
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (consumer.position(control) < end) {
      poll();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(control + " cannot be read up to " + end);
      }
    }
  }

  private List<Integer> poll() {
    List<Integer> types =
        consumer.poll(Duration.ofMillis(POLL_MILLIS)).records(control).stream()
            .map(this::type)
            .toList();
    for (int type : types) {
      if (type == START_COMMIT) {
        isUnderWay = true;
      } else if (type == COMMIT_COMPLETE) {
        isUnderWay = false;
      }
    }
    return types;
  }

  /** Iceberg writes its Avro with the schema in front. */
  private int type(ConsumerRecord<byte[], byte[]> event) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(event.value()))) {
      in.skipNBytes(MAGIC_BYTES);
      Schema schema =
          schemas.computeIfAbsent(in.readUTF(), text -> new Schema.Parser().parse(text));
      GenericRecord read =
          new GenericDatumReader<GenericRecord>(schema)
              .read(null, DecoderFactory.get().binaryDecoder(in, null));
      return (Integer) read.get("type");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
