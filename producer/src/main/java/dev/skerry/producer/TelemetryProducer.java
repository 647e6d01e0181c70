package dev.skerry.producer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends what one device measures to the topics {@code telemetry} and {@code telemetry-frames}:
 * idempotently, with acks=all, and in the order of the calls. It numbers the records of each stream
 * and marks them with the boot epoch of this start, so that each has an identity.
 *
 * <p>Thread-safe. Memory is bounded by Kafka's {@code buffer.memory} (32 MiB unless set): where it
 * is full, a call waits for {@code max.block.ms} and then its future fails. Futures are completed
 * by Kafka's own thread, which must not be held up: continue with {@code …Async}.
 *
 * <p>A future that fails with a {@link ProducerException} says that Kafka did not acknowledge the
 * record. After a timeout it may have been written all the same.
 */
public final class TelemetryProducer implements AutoCloseable {

  private final Producer<byte[], byte[]> kafka;
  private final String bootstrapServers;
  private final Origin origin;
  private final Clock clock;
  private final byte[] key;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final Map<String, Long> nextSequenceByStream = new HashMap<>();
  private boolean closed;

  TelemetryProducer(
      Producer<byte[], byte[]> kafka, String bootstrapServers, Origin origin, Clock clock) {
    this.kafka = kafka;
    this.bootstrapServers = bootstrapServers;
    this.origin = origin;
    this.clock = clock;
    this.key = origin.device().getBytes(UTF_8);
  }

  /** Begins with the site's brokers, as {@code HOST:PORT[,HOST:PORT]}. */
  public static TelemetryProducerBuilder to(String bootstrapServers) {
    return new TelemetryProducerBuilder(bootstrapServers);
  }

  /**
   * Sends readings that end now: one array of steps for each channel, in the order of the model's
   * input. The arrays may be used again when the call returns.
   */
  public CompletableFuture<Sent> send(String stream, float[]... channels) {
    return send(stream, Window.of(channels));
  }

  /** Sends readings with their time, sample rate and attributes. */
  public CompletableFuture<Sent> send(String stream, Window window) {
    return send(
        Topics.TELEMETRY,
        stream,
        window.end().orElseGet(clock::instant),
        window.attributes(),
        window.readings());
  }

  /** Sends a JPEG or PNG image that was taken now. */
  public CompletableFuture<Sent> sendFrame(String stream, byte[] image) {
    return sendFrame(stream, Image.of(image));
  }

  /** Sends an image with its time and attributes. */
  public CompletableFuture<Sent> sendFrame(String stream, Image image) {
    return send(
        Topics.TELEMETRY_FRAMES,
        stream,
        image.exposed().orElseGet(clock::instant),
        image.attributes(),
        image.frame());
  }

  /** Returns when every record that was sent so far is acknowledged or has failed. */
  public void flush() {
    kafka.flush();
  }

  /** Waits for what was sent, for {@code delivery.timeout.ms} at most, and frees what is held. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    kafka.close();
  }

  /** Numbers and hands over under one lock, so that sequences rise in the order of the log. */
  private synchronized CompletableFuture<Sent> send(
      Topic topic, String stream, Instant time, Map<String, String> attributes, Object payload) {
    if (closed) {
      throw new IllegalStateException("the producer of " + origin.device() + " is closed");
    }
    if (stream.isBlank()) {
      throw new IllegalArgumentException("stream is blank; name the kind of signal");
    }
    long sequence = nextSequenceByStream.getOrDefault(stream, 0L);
    byte[] value =
        encoder.encode(
            Telemetry.newBuilder()
                .setDeviceId(origin.device())
                .setSiteId(origin.site())
                .setStream(stream)
                .setEventTime(time)
                .setBootEpoch(origin.bootEpoch())
                .setSequence(sequence)
                .setAttributes(attributes)
                .setPayload(payload)
                .build());
    if (value.length > Topics.MAX_TELEMETRY_BYTES) {
      throw new IllegalArgumentException(
          "the record has %,d bytes; %s takes %,d at most"
              .formatted(value.length, topic.name(), Topics.MAX_TELEMETRY_BYTES));
    }
    nextSequenceByStream.put(stream, sequence + 1);
    CompletableFuture<Sent> answer = new CompletableFuture<>();
    // The callback is told everything that the future is.
    Future<RecordMetadata> unusedAcknowledgement =
        kafka.send(
            new ProducerRecord<>(topic.name(), key, value),
            (metadata, failure) -> {
              if (failure == null) {
                answer.complete(
                    new Sent(sequence, topic.name(), metadata.partition(), metadata.offset()));
              } else {
                answer.completeExceptionally(explain(topic, stream, sequence, failure));
              }
            });
    return answer;
  }

  private ProducerException explain(Topic topic, String stream, long sequence, Exception failure) {
    String what = "record %d of %s/%s".formatted(sequence, origin.device(), stream);
    String where = "Kafka at " + bootstrapServers + " (topic " + topic.name() + ")";
    return new ProducerException(
        failure instanceof TimeoutException
            ? "%s did not acknowledge %s in time: %s; is it up, and is the topic there?"
                .formatted(where, what, failure.getMessage())
            : "%s refused %s: %s".formatted(where, what, failure.getMessage()),
        failure);
  }
}
