package dev.skerry.bench.traffic;

import dev.skerry.schemas.serde.WireFormat;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads which question a detection answers, and leaves the rest of it unread: a reader that decoded
 * all would take the processor's time away from what it measures. Not thread-safe.
 */
final class DetectionHead {

  private @Nullable BinaryDecoder decoder;

  /**
   * The question.
   *
   * @param sequence the telemetry's own number
   * @param partition where the telemetry lies
   * @param offset where in that partition
   */
  record Question(long sequence, int partition, long offset) {}

  Question read(byte[] detection) {
    BinaryDecoder in =
        DecoderFactory.get()
            .binaryDecoder(
                detection,
                WireFormat.HEADER_BYTES,
                detection.length - WireFormat.HEADER_BYTES,
                decoder);
    decoder = in;
    try {
      in.skipString(); // deviceId
      in.skipString(); // siteId
      in.skipString(); // stream
      in.readLong(); // eventTime
      in.readLong(); // bootEpoch
      long sequence = in.readLong();
      in.skipString(); // source.topic
      return new Question(sequence, in.readInt(), in.readLong());
    } catch (IOException e) {
      throw new IllegalStateException("A detection ends too early", e);
    }
  }
}
