package dev.skerry.aggregator.sum;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What can be read of records that dead letters wrap. Belongs to one thread at a time. */
final class OriginalRecords {

  private final AvroDecoder<Telemetry> telemetry = new AvroDecoder<>(Telemetry.class);
  private final AvroDecoder<Detection> detection = new AvroDecoder<>(Detection.class);
  private final AvroDecoder<RetrainingSample> sample = new AvroDecoder<>(RetrainingSample.class);

  /** Where a record belongs. */
  record Origin(String stream, Instant eventTime) {}

  /** Where the wrapped record belongs; empty where it cannot be read or is not there. */
  Optional<Origin> origin(DeadLetter letter) {
    ByteBuffer value = letter.getOriginalValue();
    if (value == null) {
      return Optional.empty();
    }
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return read(telemetry, bytes)
        .map(read -> new Origin(read.getStream(), read.getEventTime()))
        .or(() -> read(detection, bytes).map(OriginalRecords::of))
        .or(() -> read(sample, bytes).map(read -> of(read.getDetection())));
  }

  private static Origin of(Detection detection) {
    return new Origin(detection.getStream(), detection.getEventTime());
  }

  private static <T extends SpecificRecord> Optional<T> read(AvroDecoder<T> decoder, byte[] bytes) {
    return decoder.decode(bytes) instanceof Decoded.Value<T> value
        ? Optional.of(value.value())
        : Optional.empty();
  }
}
