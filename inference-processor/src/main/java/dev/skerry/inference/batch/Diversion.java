package dev.skerry.inference.batch;

import dev.skerry.inference.decode.TelemetryView;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records are not scored here but left to somebody else. Not thread-safe. */
public interface Diversion {

  /** All records are scored here. */
  Diversion NONE =
      new Diversion() {
        @Override
        public void polled(ConsumerRecord<byte[], ?> oldest, long nowMillis) {}

        @Override
        public boolean takes(ConsumerRecord<byte[], ?> source, TelemetryView view) {
          return false;
        }

        @Override
        public void answered() {}
      };

  /**
   * A partition's records were polled, of which this one is the oldest.
   *
   * @param nowMillis since the epoch
   */
  void polled(ConsumerRecord<byte[], ?> oldest, long nowMillis);

  /** Whether a record that a model here could answer is left to somebody else. */
  boolean takes(ConsumerRecord<byte[], ?> source, TelemetryView view);

  /** What was polled is answered. */
  void answered();
}
