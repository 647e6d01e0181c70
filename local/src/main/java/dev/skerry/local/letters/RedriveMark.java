package dev.skerry.local.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header {@code skerry.redriven} of telemetry that was given up once and sent again: {@code
 * dead-letters/PARTITION/OFFSET} of the letter. It travels on into the next dead letter, should the
 * record be given up again.
 */
final class RedriveMark {

  static final String NAME = "skerry.redriven";

  private static final String PREFIX = "dead-letters/";

  private RedriveMark() {}

  static void put(Headers headers, LetterId letter) {
    headers.remove(NAME);
    headers.add(NAME, (PREFIX + letter).getBytes(UTF_8));
  }

  /** The letter that a record was redriven from; empty where it was not. */
  static Optional<String> read(Headers headers) {
    Header header = headers.lastHeader(NAME);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), UTF_8).replace(PREFIX, ""));
  }
}
