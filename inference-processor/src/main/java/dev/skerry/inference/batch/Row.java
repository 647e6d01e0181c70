package dev.skerry.inference.batch;

import dev.skerry.inference.decode.TelemetryView;
import dev.skerry.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One record on its way to its answer. Reused from slice to slice. Not thread-safe. */
public final class Row {

  private final TelemetryView view = new TelemetryView();
  private ConsumerRecord<byte[], ByteBuffer> source;
  private Outcome outcome;
  private Outcome.@Nullable Placed shadow;

  Row() {
    this.source = new ConsumerRecord<>("none", 0, 0, new byte[0], ByteBuffer.allocate(0));
    this.outcome = new Outcome.Rejected(DeadLetterReason.UNKNOWN, "unused");
  }

  void begin(ConsumerRecord<byte[], ByteBuffer> record) {
    source = record;
    shadow = null;
  }

  void end(Outcome newOutcome) {
    outcome = newOutcome;
  }

  /** Lets another model score the record too, or not after all. */
  void shadow(Outcome.@Nullable Placed place) {
    shadow = place;
  }

  /** Where the other of champion and canary scored the record too; null where it did not. */
  public Outcome.@Nullable Placed shadow() {
    return shadow;
  }

  /** The record as it was polled. */
  public ConsumerRecord<byte[], ByteBuffer> source() {
    return source;
  }

  /** The record's telemetry; only where the outcome is {@link Outcome.Placed}. */
  public TelemetryView view() {
    return view;
  }

  /** What happens to the record. */
  public Outcome outcome() {
    return outcome;
  }
}
