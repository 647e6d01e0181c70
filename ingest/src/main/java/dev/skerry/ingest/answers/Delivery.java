package dev.skerry.ingest.answers;

import org.apache.kafka.common.TopicPartition;

/**
 * One detection on its way to one address.
 *
 * @param inferredAtMillis when the model had answered
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares deliveries.
record Delivery(
    TopicPartition partition, long offset, String deviceId, long inferredAtMillis, byte[] json) {

  /** The same for each try, so that a receiver can tell a repetition. */
  String id() {
    return partition + "-" + offset;
  }
}
