package dev.skerry.retrain.select;

import java.util.HashMap;
import java.util.Map;

/**
 * How many samples of an hour each class and device of a site has, and how many were chosen by lot,
 * so far and with those that are chosen now. Belongs to one stream task.
 */
final class Standing {

  private final Ledger ledger;
  private final long timeMillis;
  private final Map<String, Long> byDevice = new HashMap<>();
  private final Map<Claim.OfClass, Long> byClass = new HashMap<>();
  private long records;
  private long byLot;

  /** As the ledger has it for the hour of that time. */
  Standing(Ledger ledger, String siteId, long timeMillis) {
    this.ledger = ledger;
    this.timeMillis = timeMillis;
    this.records = ledger.spent(Ledger.hour(timeMillis, siteId)).records();
    this.byLot = ledger.spent(Ledger.lotHour(timeMillis, siteId)).records();
  }

  long ofDevice(Claim claim) {
    return byDevice.computeIfAbsent(
        claim.deviceId(), device -> ledger.spent(Ledger.deviceHour(timeMillis, claim)).records());
  }

  long ofClass(Claim claim) {
    return byClass.computeIfAbsent(
        claim.ofClass(), ofClass -> ledger.spent(Ledger.classHour(timeMillis, claim)).records());
  }

  /** Whether the next one must be chosen by lot for that share of all to be. */
  boolean lotIsDue(double share) {
    return byLot < Math.ceil(share * (records + 1));
  }

  /** One more. */
  void take(Claim claim, boolean isByLot) {
    byDevice.put(claim.deviceId(), ofDevice(claim) + 1);
    byClass.put(claim.ofClass(), ofClass(claim) + 1);
    records++;
    byLot += isByLot ? 1 : 0;
  }
}
