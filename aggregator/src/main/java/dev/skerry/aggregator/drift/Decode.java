package dev.skerry.aggregator.drift;

import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Lets pass what can be read; the rest is answered for elsewhere. Belongs to one stream task. */
final class Decode<T> extends ContextualFixedKeyProcessor<byte[], byte[], T> {

  private final AvroDecoder<T> decoder;
  private final Function<T, Decoded<T>> rules;

  Decode(AvroDecoder<T> decoder, Function<T, Decoded<T>> rules) {
    this.decoder = decoder;
    this.rules = rules;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    if (record.value() != null
        && decoder.decode(record.value()) instanceof Decoded.Value<T> decoded
        && rules.apply(decoded.value()) instanceof Decoded.Value<T> value) {
      context().forward(record.withValue(value.value()));
    }
  }
}
