package dev.skerry.inference.release;

import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStatusKey;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which process of a site decides, and how its decisions are written. Kafka elects it: the one
 * partition of {@code model-status} is assigned to one member of a group. Its transactional
 * producer shuts out the one of a decider before it that does not know of the election yet. Used by
 * one thread.
 */
final class Decider implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Decider.class);

  private final Consumer<byte[], byte[]> election;
  private final Supplier<Producer<byte[], byte[]>> newProducer;
  private final AvroEncoder<ModelStatusKey> keys = new AvroEncoder<>(ModelStatusKey.class);
  private final AvroEncoder<ModelStatus> values = new AvroEncoder<>(ModelStatus.class);
  private @Nullable Producer<byte[], byte[]> producer;
  private long lastWritten = -1;

  /**
   * A candidate.
   *
   * @param election a consumer in the group of all candidates
   * @param newProducer makes a producer with the transactional id of the office
   */
  Decider(Consumer<byte[], byte[]> election, Supplier<Producer<byte[], byte[]>> newProducer) {
    this.election = election;
    this.newProducer = newProducer;
    election.subscribe(List.of(Topics.MODEL_STATUS.name()));
  }

  /** Whether this process decides; to be asked again and again, or another takes over. */
  boolean isInOffice() {
    // Nothing is read here: the partition stands for the office.
    election.pause(election.assignment());
    election.poll(Duration.ZERO);
    boolean elected = !election.assignment().isEmpty();
    if (elected && producer == null) {
      takeOffice();
    } else if (!elected) {
      leaveOffice();
    }
    return producer != null;
  }

  private void takeOffice() {
    Producer<byte[], byte[]> made = newProducer.get();
    try {
      made.initTransactions();
      producer = made;
      log.info("This process decides which models serve at the site");
    } catch (KafkaException e) {
      made.close(Duration.ZERO);
      throw e;
    }
  }

  private void leaveOffice() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  /** Whether all that was decided is also read, up to this offset. */
  boolean isSettled(long statusPosition) {
    return statusPosition > lastWritten;
  }

  /** Writes a decision; throws {@link KafkaException} where that could not be done. */
  void write(ModelStatus status) {
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      throw new IllegalStateException("Another process decides");
    }
    ModelStatusKey key = new ModelStatusKey(status.getSiteId(), status.getModel());
    try {
      open.beginTransaction();
      RecordMetadata written =
          open.send(
                  new ProducerRecord<>(
                      Topics.MODEL_STATUS.name(), keys.encode(key), values.encode(status)))
              .get();
      open.commitTransaction();
      lastWritten = written.offset();
      log.info(
          "{} {} {}: {}",
          status.getModel(),
          status.getModelVersion(),
          status.getStep(),
          status.getReason());
    } catch (KafkaException e) {
      leaveOffice(); // A new producer ends what this one left open.
      throw e;
    } catch (ExecutionException e) {
      leaveOffice();
      throw new KafkaException("A decision could not be written", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    leaveOffice();
    election.close();
  }
}
