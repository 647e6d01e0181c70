package dev.skerry.retrain.select;

import dev.skerry.schemas.DriftReport;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps what the drift reports say for the budget. */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class HearDrift implements Processor<byte[], DriftReport, Void, Void> {

  private DriftingStreams streams;

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    streams = new DriftingStreams(context.getStateStore(DriftingStreams.STORE));
  }

  @Override
  public void process(Record<byte[], DriftReport> report) {
    streams.hear(report.value(), report.timestamp());
  }
}
