package dev.skerry.aggregator.window;

import dev.skerry.aggregator.clock.SourcePartition;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds the records of one partition up before they go over the wire: every {@link #EVERY}, one
 * partial sum for each of the smallest windows that grew; the larger ones are made of those. Its
 * timestamp is the latest event time in it, bounded against devices with fast clocks; a header
 * names the partition where the input tells how far its streams have got.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class PartialSums<V, S> implements Processor<byte[], V, WindowKey, S> {

  private static final Duration EVERY = Duration.ofMillis(200);

  private final WindowRules rules;
  private final Contribution<V, S> contribution;
  private final String storeName;
  private final boolean tellsTime;
  private ProcessorContext<WindowKey, S> context;
  private HeldSums<S> held;

  PartialSums(
      WindowRules rules, Contribution<V, S> contribution, String storeName, boolean tellsTime) {
    this.rules = rules;
    this.contribution = contribution;
    this.storeName = storeName;
    this.tellsTime = tellsTime;
  }

  @Override
  public void init(ProcessorContext<WindowKey, S> initial) {
    context = initial;
    held = context.getStateStore(storeName);
    held.load(context.currentSystemTimeMs());
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, this::release);
  }

  @Override
  public void process(Record<byte[], V> record) {
    long nowMillis = context.currentSystemTimeMs();
    contribution.add(
        record.value(),
        record.timestamp(),
        (group, eventMillis) ->
            held.grow(
                WindowKey.around(group, eventMillis, rules.smallestMillis()),
                rules.boundedEventMillis(eventMillis, record.timestamp()),
                nowMillis));
  }

  private void release(long nowMillis) {
    for (WindowKey key : held.keys()) {
      HeldSums.Released<S> partial = held.release(key);
      context.forward(new Record<>(key, partial.sum(), partial.reachedMillis(), headers()));
    }
  }

  private Headers headers() {
    return tellsTime ? SourcePartition.header(context.taskId().partition()) : new RecordHeaders();
  }
}
