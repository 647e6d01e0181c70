package dev.skerry.aggregator.ledger;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.LedgerEntry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the two sides' pages of one window say together. Pure.
 *
 * @param verdict the verdict
 * @param difference how many records are missing or doubled, 0 and up
 */
record Judgement(CompletenessVerdict verdict, long difference) {

  private static final Judgement PENDING = new Judgement(CompletenessVerdict.PENDING, 0);
  private static final Judgement COMPLETE = new Judgement(CompletenessVerdict.COMPLETE, 0);
  private static final Judgement DIFFERS = new Judgement(CompletenessVerdict.DIFFERS, 0);

  /**
   * Judges one window.
   *
   * @param edge the site's page; null while it has not arrived
   * @param cloud the cloud's page; null while nothing has arrived
   * @param overdue whether what has not arrived is no longer on its way
   */
  static Judgement of(@Nullable LedgerEntry edge, @Nullable LedgerEntry cloud, boolean overdue) {
    if (edge == null || !edge.getClosed() || !comparable(edge, cloud)) {
      return PENDING;
    }
    Sum arrived = cloud == null ? Sum.ZERO : Sum.of(cloud);
    long surplus = arrived.count() - edge.getCount();
    if (surplus > 0) {
      return new Judgement(CompletenessVerdict.DOUBLED, surplus);
    }
    if (surplus < 0) {
      return overdue ? new Judgement(CompletenessVerdict.MISSING, -surplus) : PENDING;
    }
    return arrived.hashSum() == edge.getHashSum() ? COMPLETE : DIFFERS;
  }

  private static boolean comparable(LedgerEntry edge, @Nullable LedgerEntry cloud) {
    return cloud == null || edge.getHash().equals(cloud.getHash());
  }

  /** As a record of the topic {@code completeness}. */
  Completeness toAvro(
      PageKey page, @Nullable LedgerEntry edge, @Nullable LedgerEntry cloud, long nowMillis) {
    Optional<LedgerEntry> edgePage = Optional.ofNullable(edge);
    Sum arrived = cloud == null ? Sum.ZERO : Sum.of(cloud);
    return Completeness.newBuilder()
        .setSiteId(page.stream().siteId())
        .setTopic(page.stream().topic())
        .setWindowStart(Instant.ofEpochMilli(page.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(page.endMillis()))
        .setVerdict(verdict)
        .setDifference(difference)
        .setEdgeCount(edgePage.map(LedgerEntry::getCount).orElse(null))
        .setCloudCount(arrived.count())
        .setEdgeHashSum(edgePage.map(LedgerEntry::getHashSum).orElse(null))
        .setCloudHashSum(arrived.hashSum())
        .setJudgedAt(Instant.ofEpochMilli(nowMillis))
        .build();
  }
}
