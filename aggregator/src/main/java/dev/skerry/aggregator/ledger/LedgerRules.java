package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.LinkSide;
import dev.skerry.schemas.topic.Side;
import dev.skerry.service.ConfigException;
import java.time.Duration;

/**
 * How one side keeps its ledger. Immutable.
 *
 * @param side where it is counted
 * @param siteId at the edge: the site, whose records alone are counted
 * @param grace how long after its end, by append time, a window may still grow; 0 and up
 * @param quietClose after how long a partition that is silent is waited for no more, and at the
 *     edge how far behind the wall clock a window closes once all is read; 2 s and up, since the
 *     lag is known once a second
 * @param patience in the cloud: how long what is missing may still be on its way while pages keep
 *     coming; 5 s and up. Below 90 s, by which a cut link shows, the return of a link may be taken
 *     for a loss for a moment
 * @param keep how long a page is kept after it was written last, so that it can still grow; 10 min
 *     and up
 */
record LedgerRules(
    Side side,
    String siteId,
    Duration grace,
    Duration quietClose,
    Duration patience,
    Duration keep) {

  LedgerRules {
    require(!grace.isNegative(), "grace", grace, "PT0S");
    atLeast("quiet-close", quietClose, Duration.ofSeconds(2));
    atLeast("patience", patience, Duration.ofSeconds(5));
    atLeast("keep", keep, Duration.ofMinutes(10));
  }

  static LedgerRules of(Side side, String siteId, LedgerConfig config) {
    return new LedgerRules(
        side, siteId, config.grace(), config.quietClose(), config.patience(), config.keep());
  }

  boolean isEdge() {
    return side == Side.EDGE;
  }

  LinkSide linkSide() {
    return isEdge() ? LinkSide.EDGE : LinkSide.CLOUD;
  }

  private static void atLeast(String key, Duration given, Duration least) {
    require(given.compareTo(least) >= 0, key, given, least.toString());
  }

  private static void require(boolean condition, String key, Duration given, String least) {
    if (!condition) {
      throw new ConfigException(
          "aggregator.ledger." + key + " is " + given + "; give " + least + " or more");
    }
  }
}
