package dev.skerry.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry to the topic {@code telemetry}: in order and without duplicates for each device
 * (idempotent, acks=all), with so many bytes under way at most. The first record that Kafka does
 * not take ends it.
 */
final class KafkaSink implements TelemetrySink {

  private static final long MAX_IN_FLIGHT_BYTES = 16 << 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int LINGER_MILLIS = 5;
  private static final int RECORD_OVERHEAD_BYTES = 64 << 10;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Less than a process may take to stop, so that what was acknowledged is still reported. */
  private static final long DRAIN_NANOS_AFTER_STOP = TimeUnit.SECONDS.toNanos(15);

  private final Producer<byte[], byte[]> producer;
  private final String brokers;
  private final StopSignal stop;
  private final Tally tally;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final InFlight inFlight = new InFlight(MAX_IN_FLIGHT_BYTES);

  private KafkaSink(
      Producer<byte[], byte[]> producer, String brokers, StopSignal stop, Tally tally) {
    this.producer = producer;
    this.brokers = brokers;
    this.stop = stop;
    this.tally = tally;
  }

  /**
   * Connects; {@link #put} needs the topic, see {@link TopicCheck}.
   *
   * @throws ConfigException for settings that Kafka's producer does not take
   */
  static KafkaSink open(KafkaSettings settings, StopSignal stop, Tally tally) {
    Map<String, Object> config =
        settings.producer(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "skerry-ingest",
                ProducerConfig.LINGER_MS_CONFIG,
                LINGER_MILLIS,
                ProducerConfig.BATCH_SIZE_CONFIG,
                BATCH_BYTES,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_TELEMETRY_BYTES + RECORD_OVERHEAD_BYTES),
            Map.of(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all"));
    try {
      return new KafkaSink(
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
          String.valueOf(config.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)),
          stop,
          tally);
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new ConfigException("Kafka's producer refuses its settings: " + reason.getMessage(), e);
    }
  }

  @Override
  public boolean put(Telemetry telemetry) throws InterruptedException {
    byte[] value = encoder.encode(telemetry);
    if (!inFlight.acquire(value.length, stop)) {
      return false;
    }
    String device = telemetry.getDeviceId();
    tally.took();
    // The callback is told everything that the future is.
    Future<RecordMetadata> unusedAcknowledgement =
        producer.send(
            new ProducerRecord<>(Topics.TELEMETRY.name(), device.getBytes(UTF_8), value),
            (metadata, failure) -> settle(device, telemetry.getSequence(), value.length, failure));
    return true;
  }

  private void settle(String device, long sequence, int bytes, @Nullable Exception failure) {
    if (failure == null) {
      tally.acknowledge(device);
    } else {
      inFlight.fail(explain(device, sequence, failure));
    }
    inFlight.release(bytes);
  }

  private PublishException explain(String device, long sequence, Exception failure) {
    String what = "record " + sequence + " of device '" + device + "'";
    return new PublishException(
        failure instanceof TimeoutException
            ? "Kafka at "
                + brokers
                + " did not acknowledge "
                + what
                + " in time ("
                + failure.getMessage()
                + "); is it up?"
            : "Kafka at " + brokers + " refused " + what + ": " + failure.getMessage(),
        failure);
  }

  @Override
  public void finish(boolean whole) throws InterruptedException {
    long unacknowledged = inFlight.awaitNone(stop, DRAIN_NANOS_AFTER_STOP);
    if (unacknowledged > 0) {
      throw new PublishException(
          "Kafka at "
              + brokers
              + " did not acknowledge the last "
              + unacknowledged
              + " records before the stop");
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
