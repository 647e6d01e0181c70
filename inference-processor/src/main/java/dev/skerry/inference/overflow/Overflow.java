package dev.skerry.inference.overflow;

import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.decode.TelemetryView;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides which records a worker leaves to the cloud: those of the share, in partitions that are
 * behind. A partition is behind from when its oldest polled record has waited for longer than one
 * limit until it has waited for less than another, or nothing waits. Not thread-safe: one per
 * worker.
 */
final class Overflow implements Diversion {

  private final OverflowRule rule;
  private final OverflowState state;
  private final Consumer<?, ?> consumer;
  private final Set<TopicPartition> behind = new HashSet<>();

  Overflow(OverflowRule rule, OverflowState state, Consumer<?, ?> consumer) {
    this.rule = rule;
    this.state = state;
    this.consumer = consumer;
  }

  @Override
  public void polled(ConsumerRecord<byte[], ?> oldest, long nowMillis) {
    TopicPartition partition = new TopicPartition(oldest.topic(), oldest.partition());
    long waitedMillis = nowMillis - oldest.timestamp();
    if (waitedMillis > rule.startMillis()) {
      if (behind.add(partition)) {
        state.begins(waitedMillis);
      }
    } else if (waitedMillis < rule.stopMillis()) {
      leave(partition);
    }
  }

  @Override
  public boolean takes(ConsumerRecord<byte[], ?> source, TelemetryView view) {
    return !behind.isEmpty()
        && behind.contains(new TopicPartition(source.topic(), source.partition()))
        && rule.admits(view)
        && OverflowRecord.fits(source, view);
  }

  @Override
  public void answered() {
    if (!behind.isEmpty()) {
      Set<TopicPartition> assigned = consumer.assignment();
      for (TopicPartition partition : Set.copyOf(behind)) {
        if (!assigned.contains(partition) || consumer.currentLag(partition).orElse(1) == 0) {
          leave(partition);
        }
      }
    }
  }

  private void leave(TopicPartition partition) {
    if (behind.remove(partition)) {
      state.ends();
    }
  }
}
