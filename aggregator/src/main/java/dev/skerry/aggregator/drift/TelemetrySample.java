package dev.skerry.aggregator.drift;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * One in so many records of each partition, by its offset, so that it is always the same ones.
 * Others are not decoded, and neither are those that cannot be: the inference processor answers for
 * them. Belongs to one stream task.
 */
final class TelemetrySample extends ContextualFixedKeyProcessor<byte[], byte[], Telemetry> {

  private final int oneIn;
  private final AvroDecoder<Telemetry> decoder;

  TelemetrySample(int oneIn, WriterSchemas schemas) {
    this.oneIn = oneIn;
    this.decoder = new AvroDecoder<>(Telemetry.class, schemas);
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    long offset = context().recordMetadata().orElseThrow().offset();
    if (record.value() != null
        && offset % oneIn == 0
        && decoder.decode(record.value()) instanceof Decoded.Value<Telemetry> telemetry) {
      context().forward(record.withValue(telemetry.value()));
    }
  }
}
