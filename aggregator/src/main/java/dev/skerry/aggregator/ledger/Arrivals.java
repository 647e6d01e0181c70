package dev.skerry.aggregator.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether something can still be on its way. Pages of a site come every minute while its link is
 * up. What is missing of a window is overdue when pages have kept coming for the patience, without
 * a pause, since the last record of that window or an earlier one has arrived.
 *
 * <p>So while a link is cut nothing becomes overdue, and after its return the patience begins anew,
 * for as long as a backlog takes: one partition may be hours ahead of another. Belongs to one
 * stream task; it begins anew with each restart.
 */
final class Arrivals {

  /** Pages come once a minute; after so long without one, the link counts as cut. */
  static final long LINK_SILENCE_MILLIS = PageKey.WINDOW_MILLIS * 3 / 2;

  private final long patienceMillis;
  private final Map<String, Link> linkBySite = new HashMap<>();

  /**
   * When records of a window or a later one came last, by the start of the window; later windows
   * have later times, so the entry before a window is the latest of all before it.
   */
  private final Map<SiteTopic, TreeMap<Long, Long>> lastByStream = new HashMap<>();

  /** When pages of a site came last, and since when they have been coming without a pause. */
  private record Link(long upSinceMillis, long lastMillis) {}

  Arrivals(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /** A page of the site has arrived. */
  void page(String siteId, long nowMillis) {
    linkBySite.merge(
        siteId,
        new Link(nowMillis, nowMillis),
        (known, heard) ->
            nowMillis - known.lastMillis() >= LINK_SILENCE_MILLIS
                ? heard
                : new Link(known.upSinceMillis(), nowMillis));
  }

  /** Records of the window have arrived. */
  void records(PageKey window, long nowMillis) {
    TreeMap<Long, Long> last =
        lastByStream.computeIfAbsent(window.stream(), absent -> new TreeMap<>());
    last.tailMap(window.startMillis()).clear();
    last.put(window.startMillis(), nowMillis);
    last.values().removeIf(atMillis -> nowMillis - atMillis > patienceMillis);
  }

  /**
   * Whether what is missing of a window will not come any more.
   *
   * @param heldSinceMillis since when the site's page of it has been here
   */
  boolean isOverdue(PageKey window, long heldSinceMillis) {
    Link link = linkBySite.get(window.stream().siteId());
    if (link == null) {
      return false;
    }
    long waitingSinceMillis =
        Math.max(heldSinceMillis, Math.max(link.upSinceMillis(), lastRecordMillis(window)));
    return link.lastMillis() - waitingSinceMillis >= patienceMillis;
  }

  private long lastRecordMillis(PageKey window) {
    TreeMap<Long, Long> last = lastByStream.get(window.stream());
    Map.Entry<Long, Long> entry = last == null ? null : last.floorEntry(window.startMillis());
    return entry == null ? Long.MIN_VALUE : entry.getValue();
  }
}
