package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LedgerEntry;
import dev.skerry.schemas.LedgerKey;
import dev.skerry.schemas.LinkSide;
import java.time.Duration;
import java.time.Instant;

/**
 * A page of the ledger on one side, as a cheap key for maps: one minute of one topic of one site.
 *
 * @param stream whose records
 * @param startMillis first instant, epoch milliseconds of the edge's append time
 */
record PageKey(SiteTopic stream, long startMillis) {

  /** The same on both sides, or their pages could not be compared. */
  static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

  static PageKey at(SiteTopic stream, long appendMillis) {
    return new PageKey(stream, floor(appendMillis));
  }

  static PageKey of(LedgerEntry entry) {
    return new PageKey(
        new SiteTopic(entry.getSiteId(), entry.getTopic()), entry.getWindowStart().toEpochMilli());
  }

  static PageKey of(LedgerKey key) {
    return new PageKey(
        new SiteTopic(key.getSiteId(), key.getTopic()), key.getWindowStart().toEpochMilli());
  }

  /** The start of the window that an instant lies in. */
  static long floor(long millis) {
    return Math.floorDiv(millis, WINDOW_MILLIS) * WINDOW_MILLIS;
  }

  long endMillis() {
    return startMillis + WINDOW_MILLIS;
  }

  LedgerKey toAvro(LinkSide side) {
    return new LedgerKey(side, stream.siteId(), stream.topic(), Instant.ofEpochMilli(startMillis));
  }

  /** A page on which nothing is written yet. */
  LedgerEntry blank(LinkSide side) {
    return LedgerEntry.newBuilder()
        .setSide(side)
        .setSiteId(stream.siteId())
        .setTopic(stream.topic())
        .setWindowStart(Instant.ofEpochMilli(startMillis))
        .setWindowEnd(Instant.ofEpochMilli(endMillis()))
        .setRevision(0)
        .setCount(0)
        .setBytes(0)
        .setHashSum(0)
        .setHash(RecordHash.NAME)
        .setClosed(false)
        .setCountedAt(Instant.EPOCH)
        .build();
  }
}
