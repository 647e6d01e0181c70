package dev.skerry.inference;

import dev.skerry.inference.position.EndsAt;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.FixedSettings;
import dev.skerry.service.KafkaSettings;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * The Kafka clients of one worker. Their names are the same after every restart, so that a worker
 * that comes back takes its place in the group at once and ends the transaction that it left open.
 *
 * @param worker the worker's name, {@code <instance>-<number>}
 * @param fetching what a consumer takes, whatever the settings say of others
 */
public record WorkerClients(
    KafkaSettings settings, String group, String worker, Map<String, Object> fetching) {

  private static final int MIB = 1 << 20;
  private static final int REQUEST_OVERHEAD_BYTES = 64 << 10;

  /** Clients of a worker for readings. */
  public WorkerClients(KafkaSettings settings, String group, String worker) {
    this(settings, group, worker, Map.of());
  }

  /** Clients of a worker for frames: few records at a time, which are large. */
  static WorkerClients forFrames(
      KafkaSettings settings, String group, String worker, int maxPollRecords) {
    return new WorkerClients(
        settings,
        group,
        worker,
        Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            maxPollRecords,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            8 * MIB,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            Topics.MAX_TELEMETRY_BYTES));
  }

  /** The same with consumers that see nothing at or behind these offsets; with none see all. */
  WorkerClients until(Map<String, Long> ends) {
    if (ends.isEmpty()) {
      return this;
    }
    Map<String, Object> bounded = new HashMap<>(fetching);
    bounded.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, EndsAt.class.getName());
    bounded.put(EndsAt.ENDS, ends);
    return new WorkerClients(settings, group, worker, bounded);
  }

  /** A consumer of its own; the caller closes it. */
  public KafkaConsumer<byte[], ByteBuffer> newConsumer() {
    // Where to read when there is nothing to go on from is Positions' to say, aloud.
    Map<String, Object> fixed = new HashMap<>(FixedSettings.ofMember("none", group, worker));
    // Telemetry is read where it was fetched to: most of its bytes go into the batch and no
    // further.
    fixed.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteBufferDeserializer.class.getName());
    Map<String, Object> config = new HashMap<>(settings.consumer(consumerDefaults(), fixed));
    config.putAll(fetching);
    return new KafkaConsumer<>(config);
  }

  /** A transactional producer of its own; the caller closes it. */
  public KafkaProducer<byte[], byte[]> newProducer() {
    return newProducer("");
  }

  /** The one that takes turns with the first; the caller closes it. */
  KafkaProducer<byte[], byte[]> newSecondProducer() {
    return newProducer("-second");
  }

  private KafkaProducer<byte[], byte[]> newProducer(String suffix) {
    Map<String, Object> defaults = producerDefaults(suffix);
    // An open transaction hides what follows it from readers; a dead worker's not for long.
    defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    // A round may begin while the markers of the one before the last are being written.
    defaults.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    return new KafkaProducer<>(
        settings.producer(
            defaults, FixedSettings.ofTransactionalProducer(group + "-" + worker + suffix)));
  }

  /** A producer without transactions; the caller closes it. */
  public KafkaProducer<byte[], byte[]> newIdempotentProducer() {
    Map<String, Object> defaults = producerDefaults("");
    // Nothing waits for a commit here: what is handed over goes out.
    defaults.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(settings.producer(defaults, FixedSettings.ofProducer()));
  }

  private Map<String, Object> consumerDefaults() {
    return Map.of(
        ConsumerConfig.CLIENT_ID_CONFIG,
        group + "-" + worker + "-consumer",
        // A backlog is worked off in large rounds: a transaction costs the broker the same for few
        // records as for many. Without a backlog a poll takes what is there.
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        8000,
        // Larger fetches cost memory and are no quicker (tried: 1 to 16 MiB, the same CPU).
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        4 * MIB,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        MIB,
        // A worker that stays dead gives up its partitions after this time.
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        10_000,
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        3_000,
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
  }

  private Map<String, Object> producerDefaults(String suffix) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put(ProducerConfig.CLIENT_ID_CONFIG, group + "-" + worker + "-producer" + suffix);
    defaults.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    // Calls return this often to see whether the worker was told to stop.
    defaults.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    defaults.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_WRAPPED_BYTES + REQUEST_OVERHEAD_BYTES);
    return defaults;
  }
}
