package dev.skerry.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
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
 * Telemetry to the topics {@code telemetry} and {@code telemetry-frames}: in order and without
 * duplicates for each device (idempotent, acks=all), with so many bytes under way at most. The
 * first record that Kafka does not take ends it.
 */
final class KafkaSink implements TelemetrySink {

  private static final long MAX_IN_FLIGHT_BYTES = 16 << 20;
  private static final int BATCH_BYTES = 256 << 10;
  private static final int LINGER_MILLIS = 5;
  private static final int DELIVERY_TIMEOUT_MILLIS = 120_000;

  /** A producer that lost all brokers blocks for so long before stop and failure are looked at. */
  private static final int MAX_BLOCK_MILLIS = 500;

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
  private final long deliveryTimeoutNanos;

  private KafkaSink(
      Producer<byte[], byte[]> producer, Map<String, Object> config, StopSignal stop, Tally tally) {
    this.producer = producer;
    this.brokers = String.valueOf(config.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    this.deliveryTimeoutNanos =
        TimeUnit.MILLISECONDS.toNanos(
            Long.parseLong(String.valueOf(config.get(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))));
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
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                DELIVERY_TIMEOUT_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                MAX_BLOCK_MILLIS,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_TELEMETRY_BYTES + RECORD_OVERHEAD_BYTES),
            Map.of(
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all"));
    try {
      return new KafkaSink(
          new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
          config,
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
    byte[] key = telemetry.getDeviceId().getBytes(UTF_8);
    long start = System.nanoTime();
    while (inFlight.acquire(value.length, stop)) {
      Sending sending = new Sending(telemetry, value.length);
      // The callback is told everything that the future is.
      Future<RecordMetadata> unusedAcknowledgement =
          producer.send(new ProducerRecord<>(topic(telemetry), key, value), sending);
      if (sending.refusal.isEmpty()) {
        tally.took();
        return true;
      }
      if (stop.isRequested()) {
        return false;
      }
      if (System.nanoTime() - start > deliveryTimeoutNanos) {
        throw explain(telemetry, sending.refusal.get());
      }
    }
    return false;
  }

  /** Frames have a topic of their own, so that they never delay readings. */
  private static String topic(Telemetry telemetry) {
    return (telemetry.getPayload() instanceof Frame ? Topics.TELEMETRY_FRAMES : Topics.TELEMETRY)
        .name();
  }

  /** What becomes of one record that was handed to the producer. */
  private final class Sending implements Callback {

    private final Telemetry telemetry;
    private final int bytes;
    private final long startNanos = System.nanoTime();
    private final Thread sender = Thread.currentThread();

    /** The producer knows no broker at present and took nothing; seen by the sender alone. */
    private Optional<Exception> refusal = Optional.empty();

    Sending(Telemetry telemetry, int bytes) {
      this.telemetry = telemetry;
      this.bytes = bytes;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
      if (failure == null) {
        tally.acknowledge(telemetry.getDeviceId(), System.nanoTime() - startNanos);
      } else if (failure instanceof TimeoutException && Thread.currentThread() == sender) {
        refusal = Optional.of(failure);
      } else {
        inFlight.fail(explain(telemetry, failure));
      }
      inFlight.release(bytes);
    }
  }

  private PublishException explain(Telemetry telemetry, Exception failure) {
    String what =
        "record " + telemetry.getSequence() + " of device '" + telemetry.getDeviceId() + "'";
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
