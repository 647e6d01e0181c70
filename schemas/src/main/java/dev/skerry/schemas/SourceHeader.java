package dev.skerry.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record that is passed on as it is was read from: the header {@code skerry.source}, in
 * UTF-8, {@code TOPIC/PARTITION/OFFSET/APPENDED_AT_MILLIS}. Telemetry in the overflow has it, since
 * its value says nothing of its place at the site.
 */
public final class SourceHeader {

  /** The header's name. */
  public static final String NAME = "skerry.source";

  private static final int PARTS = 4;

  private SourceHeader() {}

  /** Puts the place into a record's headers, whatever they said of it before. */
  public static void put(
      Headers headers, String topic, int partition, long offset, long appendedAtMillis) {
    String place = topic + "/" + partition + "/" + offset + "/" + appendedAtMillis;
    headers.remove(NAME);
    headers.add(NAME, place.getBytes(UTF_8));
  }

  /** The place that a record's headers name; empty where they name none that can be read. */
  public static Optional<SourceRef> read(Headers headers) {
    Header header = headers.lastHeader(NAME);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    String[] parts = new String(header.value(), UTF_8).split("/", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SourceRef(
              parts[0],
              Integer.parseInt(parts[1]),
              Long.parseLong(parts[2]),
              Instant.ofEpochMilli(Long.parseLong(parts[3]))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
