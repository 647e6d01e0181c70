package dev.skerry.aggregator.clock;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The partition that a partial sum was added up from, as a header. */
public final class SourcePartition {

  private static final String HEADER = "source-partition";

  private SourcePartition() {}

  /** The header of a partial sum. */
  public static Headers header(int partition) {
    return new RecordHeaders().add(HEADER, new byte[] {(byte) (partition >>> 8), (byte) partition});
  }

  /** Whether the partial sum tells how far its partition has got. */
  public static boolean isNamed(Headers headers) {
    return headers.lastHeader(HEADER) != null;
  }

  /** Reads it back. */
  public static int of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value().length != 2) {
      throw new IllegalStateException("A partial sum has no header " + HEADER);
    }
    return (header.value()[0] & 0xFF) << 8 | (header.value()[1] & 0xFF);
  }
}
