package dev.skerry.inference.delivery;

import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Answers on their way to the broker, in rounds: begin, send, and commit or roll back. One per
 * worker; not thread-safe.
 */
public interface Delivery {

  /** Before the first round: settles what an earlier life of this worker left behind. */
  void init();

  /** Starts a round. */
  void begin();

  /** Hands an answer over. Whether it was written is not known before {@link #commit} returns. */
  void send(ProducerRecord<byte[], byte[]> answer);

  /**
   * Ends the round: all its answers are written and these offsets committed.
   *
   * @param offsets where reading goes on, by partition; none where nothing was answered
   * @throws KafkaException when that could not be done; then {@link #rollBack} is due
   */
  void commit(Map<TopicPartition, OffsetAndMetadata> offsets);

  /** Undoes the round, so that it can be done again; throws the reason where it cannot. */
  void rollBack(KafkaException reason);

  /** Undoes the round of a worker that ends for this reason, as far as that can be done. */
  void abandon(RuntimeException reason);
}
