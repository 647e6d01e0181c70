package dev.skerry.bench.prove.ledger;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One minute: what an independent reader counted, and what the ledger says of it.
 *
 * @param written records that the site's broker acknowledged
 * @param arrived records in the cloud
 * @param lost of those that were written, how many are not in the cloud
 * @param doubled how many times too often they are there
 * @param verdict the ledger's; {@code NONE} where it has not judged
 * @param difference the ledger's number of missing or doubled records
 * @param right whether the ledger says what was counted, in verdict and in both counts
 */
record Window(
    String start,
    long written,
    long arrived,
    long lost,
    long doubled,
    String verdict,
    long difference,
    boolean right) {

  static Window of(
      Instant start, List<Written> written, Arrived arrived, Optional<Completeness> judged) {
    long there = arrived.countByMinute().getOrDefault(start, 0L);
    long lost = arrived.missing(written);
    long doubled = arrived.doubled(written);
    long surplus = doubled - lost;
    CompletenessVerdict expected =
        surplus > 0
            ? CompletenessVerdict.DOUBLED
            : surplus < 0
                ? CompletenessVerdict.MISSING
                : lost > 0 ? CompletenessVerdict.DIFFERS : CompletenessVerdict.COMPLETE;
    boolean right =
        judged
            .filter(each -> each.getVerdict() == expected)
            .filter(each -> each.getDifference() == Math.abs(surplus))
            .filter(each -> Long.valueOf(written.size()).equals(each.getEdgeCount()))
            .filter(each -> each.getCloudCount() == there)
            .isPresent();
    return new Window(
        start.toString(),
        written.size(),
        there,
        lost,
        doubled,
        judged.map(each -> each.getVerdict().name()).orElse("NONE"),
        judged.map(Completeness::getDifference).orElse(0L),
        right);
  }

  boolean isFaulty() {
    return lost > 0 || doubled > 0;
  }

  /** How many were lost and doubled. */
  List<Long> faults() {
    return List.of(lost, doubled);
  }
}
