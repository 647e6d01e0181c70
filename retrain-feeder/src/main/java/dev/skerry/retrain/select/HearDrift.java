package dev.skerry.retrain.select;

import dev.skerry.schemas.DriftReport;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Keeps what the drift reports say for the budget. */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class HearDrift implements Processor<byte[], DriftReport, Void, Void> {

  private DriftingStreams streams;

  private HearDrift() {}

  /** The step with the store that the budget looks into. */
  static ProcessorSupplier<byte[], DriftReport, Void, Void> supplier(
      StoreBuilder<KeyValueStore<String, Long>> store) {
    return new ProcessorSupplier<>() {
      @Override
      public HearDrift get() {
        return new HearDrift();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    streams = new DriftingStreams(context.getStateStore(DriftingStreams.STORE));
  }

  @Override
  public void process(Record<byte[], DriftReport> report) {
    streams.hear(report.value(), report.timestamp());
  }
}
