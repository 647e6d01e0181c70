package dev.skerry.aggregator.window;

import dev.skerry.aggregator.clock.SourcePartition;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.AggregateKey;
import dev.skerry.schemas.Detection;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds the detections of one partition up before they go over the wire: every {@link #EVERY}, one
 * partial aggregate for each window that grew. Its timestamp is the latest event time in it,
 * bounded against devices with fast clocks; a header names the partition.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
public final class PartialSums implements Processor<byte[], Detection, AggregateKey, Aggregate> {

  private static final String STORE = "partials-held";
  private static final Duration EVERY = Duration.ofMillis(200);

  private final WindowRules rules;
  private final WindowMetrics metrics;
  private ProcessorContext<AggregateKey, Aggregate> context;
  private HeldAggregates held;

  private PartialSums(WindowRules rules, WindowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  /** The step with its store: in memory, logged once a commit. */
  public static ProcessorSupplier<byte[], Detection, AggregateKey, Aggregate> supplier(
      WindowRules rules, WindowMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], Detection, AggregateKey, Aggregate> get() {
        return new PartialSums(rules, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled());
      }
    };
  }

  @Override
  public void init(ProcessorContext<AggregateKey, Aggregate> initial) {
    context = initial;
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
    held = new HeldAggregates(store, context.currentSystemTimeMs());
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::release);
  }

  @Override
  public void process(Record<byte[], Detection> record) {
    Detection detection = record.value();
    long eventMillis = detection.getEventTime().toEpochMilli();
    long reachedMillis = rules.boundedEventMillis(eventMillis, record.timestamp());
    for (Duration size : rules.sizes()) {
      WindowKey key = WindowKey.of(detection, eventMillis, size.toMillis());
      held.add(key, detection, reachedMillis, context.currentSystemTimeMs());
    }
    metrics.detection();
  }

  private void release(long nowMillis) {
    for (WindowKey key : held.keys()) {
      HeldAggregates.Released partial = held.release(key);
      context.forward(
          new Record<>(
              key.toAvro(),
              partial.sum(),
              partial.reachedMillis(),
              SourcePartition.header(context.taskId().partition())));
    }
  }
}
