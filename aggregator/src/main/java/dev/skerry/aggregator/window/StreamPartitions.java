package dev.skerry.aggregator.window;

import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Brings all partial aggregates of a stream together, so that one clock can close its windows. */
public final class StreamPartitions implements StreamPartitioner<AggregateKey, Aggregate> {

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, AggregateKey key, Aggregate value, int partitions) {
    return StreamId.of(key).partition(partitions);
  }
}
