package dev.skerry.local.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants to the minute, in UTC. */
final class Minutes {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private Minutes() {}

  /** {@code 2026-03-01 10:41}. */
  static String of(Instant instant) {
    return FORMAT.format(instant);
  }
}
