package dev.skerry.bench.subject;

import java.util.Properties;

/**
 * What is worth tuning of Kafka Streams here; the topology has no state, so its cache does not
 * matter.
 *
 * @param threads {@code num.stream.threads}
 * @param commitMillis {@code commit.interval.ms}; also how long an answer may wait to be seen
 * @param lingerMillis the producer's {@code linger.ms}
 * @param batchBytes the producer's {@code batch.size}
 * @param pollRecords the consumer's {@code max.poll.records}
 */
public record StreamsTuning(
    int threads, int commitMillis, int lingerMillis, int batchBytes, int pollRecords) {

  /** For the most records per second; the first line of the sweep in docs/performance.md. */
  public static final StreamsTuning FOR_THROUGHPUT =
      new StreamsTuning(2, 100, 10, 256 << 10, 2_000);

  /** For answers that are seen soon: the same, and it commits ten times as often. */
  public static final StreamsTuning FOR_LATENCY = new StreamsTuning(2, 10, 10, 256 << 10, 2_000);

  /** Kafka Streams' own defaults under exactly_once_v2. */
  public static final StreamsTuning DEFAULTS = new StreamsTuning(1, 100, 100, 16 << 10, 1_000);

  void applyTo(Properties target) {
    target.put("streams.processing.guarantee", "exactly_once_v2");
    target.put("streams.num.stream.threads", Integer.toString(threads));
    target.put("streams.commit.interval.ms", Integer.toString(commitMillis));
    target.put("streams.statestore.cache.max.bytes", "0");
    target.put("streams.producer.linger.ms", Integer.toString(lingerMillis));
    target.put("streams.producer.batch.size", Integer.toString(batchBytes));
    target.put("streams.consumer.max.poll.records", Integer.toString(pollRecords));
    target.put("streams.consumer.fetch.max.bytes", Integer.toString(16 << 20));
    target.put("streams.consumer.max.partition.fetch.bytes", Integer.toString(4 << 20));
    target.put("streams.consumer.auto.offset.reset", "earliest");
  }
}
