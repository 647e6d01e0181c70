package dev.skerry.aggregator.answers;

import org.apache.kafka.common.TopicPartition;

/** The telemetry itself, looked at where answers leave gaps. */
@FunctionalInterface
interface Telemetry {

  /**
   * What is there.
   *
   * @param logStart the first offset that retention has left
   * @param records the offsets of committed records in the range; marks of transactions and what
   *     was aborted take offsets too and are none
   */
  record Found(long logStart, OffsetSet records) {}

  /** Looks at a range of one partition. */
  Found look(TopicPartition partition, OffsetSet.Range range);
}
