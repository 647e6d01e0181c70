package dev.skerry.producer;

import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Says what a {@link TelemetryProducer} is to be. Not thread-safe. */
public final class TelemetryProducerBuilder {

  private static final int RECORD_OVERHEAD_BYTES = 64 << 10;

  /** What the guarantees of the producer rest on. */
  private static final Set<String> FIXED =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);

  private final Map<String, Object> settings = new HashMap<>();
  private final String bootstrapServers;
  private String site = "";
  private String device = "";
  private Optional<Path> bootEpochFile = Optional.empty();
  private Clock clock = Clock.systemUTC();

  TelemetryProducerBuilder(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Otherwise a producer that lost all brokers forgets its topics, and calls block and do not
    // buffer.
    settings.put(
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
    settings.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_TELEMETRY_BYTES + RECORD_OVERHEAD_BYTES);
  }

  /** The site where the device stands. */
  public TelemetryProducerBuilder site(String name) {
    site = name;
    return this;
  }

  /** The device's name, of which there is one at its site; it is the key of its records. */
  public TelemetryProducerBuilder device(String name) {
    device = name;
    return this;
  }

  /**
   * Counts the device's starts in this file, for devices whose clock may go back, for example
   * because they have no battery. Without it the boot epoch is the time of the start.
   */
  public TelemetryProducerBuilder bootEpochFile(Path file) {
    bootEpochFile = Optional.of(file);
    return this;
  }

  /** Where times come from that the program does not give. */
  public TelemetryProducerBuilder clock(Clock newClock) {
    clock = newClock;
    return this;
  }

  /**
   * A setting of Kafka's producer, for example {@code security.protocol} or {@code
   * compression.type}.
   *
   * @throws IllegalArgumentException for one that the guarantees rest on
   */
  public TelemetryProducerBuilder kafka(String setting, Object value) {
    if (FIXED.contains(setting)) {
      throw new IllegalArgumentException(
          setting + " is fixed: order per device, no duplicates and no loss rest on it");
    }
    settings.put(setting, value);
    return this;
  }

  /**
   * Opens it; brokers that are away are waited for when the first record is sent.
   *
   * @throws IllegalArgumentException where the site or the device is missing
   * @throws ProducerException for settings that Kafka does not take, or a boot epoch that cannot be
   *     kept
   */
  public TelemetryProducer open() {
    Origin origin = origin();
    try {
      return new TelemetryProducer(
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
          bootstrapServers,
          origin,
          clock);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ProducerException(
          "Kafka's producer refuses its settings: " + reason.getMessage(), e);
    }
  }

  /** Opens it on a producer that is there already. */
  TelemetryProducer open(Producer<byte[], byte[]> kafka) {
    return new TelemetryProducer(kafka, bootstrapServers, origin(), clock);
  }

  private Origin origin() {
    return new Origin(
        site, device, bootEpochFile.map(BootEpoch::next).orElseGet(() -> BootEpoch.of(clock)));
  }
}
