package dev.skerry.retrain.select;

/**
 * Decides what a site can afford, first come, first served. An hour and a day are those of the
 * edge's append time of the candidate, so that a decision is the same however often and whenever it
 * is made. Belongs to one stream task.
 */
final class Budget {

  private final Limits limits;
  private final Ledger ledger;

  Budget(Limits limits, Ledger ledger) {
    this.limits = limits;
    this.ledger = ledger;
  }

  /** Decides on a candidate and takes its price where it is admitted. */
  Verdict decide(Claim claim, long appendMillis, long bytes) {
    String hour = Ledger.hour(appendMillis, claim.siteId());
    String deviceHour = Ledger.deviceHour(appendMillis, claim.siteId(), claim.deviceId());
    String day = Ledger.day(appendMillis, claim.siteId());
    Spent hourSpent = ledger.spent(hour);
    Spent daySpent = ledger.spent(day);
    if (daySpent.records() >= limits.recordsPerDay()) {
      return new Verdict.Refused(Refusal.DAY_RECORDS);
    }
    if (daySpent.bytes() + bytes > limits.bytesPerDay()) {
      return new Verdict.Refused(Refusal.DAY_BYTES);
    }
    if (hourSpent.records() >= limits.recordsPerHour()) {
      return new Verdict.Refused(Refusal.HOUR_RECORDS);
    }
    if (hourSpent.bytes() + bytes > limits.bytesPerHour()) {
      return new Verdict.Refused(Refusal.HOUR_BYTES);
    }
    if (ledger.spent(deviceHour).records() >= limits.recordsPerDeviceAndHour()) {
      return new Verdict.Refused(Refusal.DEVICE_SHARE);
    }
    ledger.pay(hour, bytes);
    ledger.pay(deviceHour, bytes);
    ledger.pay(day, bytes);
    return new Verdict.Admitted();
  }
}
