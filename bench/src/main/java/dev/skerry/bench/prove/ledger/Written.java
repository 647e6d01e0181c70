package dev.skerry.bench.prove.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A record that the site's broker has acknowledged.
 *
 * @param sequence tells it from all others
 * @param appended when the broker appended it, by which the ledger counts
 */
record Written(
    long sequence,
    TopicPartition partition,
    long offset,
    Instant appended,
    ProducerRecord<byte[], byte[]> sent) {

  /** The beginning of its window in the ledger. */
  Instant minute() {
    return appended.truncatedTo(ChronoUnit.MINUTES);
  }
}
