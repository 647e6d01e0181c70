package dev.skerry.retrain.select;

/**
 * Decides what a site can afford, first come, first served. An hour and a day are those of the
 * edge's append time of the candidate, so that a decision is the same however often and whenever it
 * is made. What a site spends on a stream that drifts may reach raised limits. Belongs to one
 * stream task.
 */
final class Budget {

  private final Limits usual;
  private final Limits raised;
  private final Ledger ledger;
  private final DriftingStreams drifting;

  Budget(Limits limits, Ledger ledger, DriftingStreams drifting) {
    this.usual = limits;
    this.raised = limits.raised();
    this.ledger = ledger;
    this.drifting = drifting;
  }

  /** Decides on a candidate and takes its price where it is admitted. */
  Verdict decide(Claim claim, long appendMillis, long bytes) {
    boolean drifts = drifting.has(claim.siteId(), claim.stream(), appendMillis);
    Limits limits = drifts ? raised : usual;
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
