package dev.skerry.retrain.select;

/**
 * Decides what a site can afford. Minute, hour and day are those of the edge's append time of the
 * candidate, so that no budget depends on when it is read. What a site spends on a stream that
 * drifts may reach raised limits. Belongs to one stream task.
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

  /**
   * Decides on a candidate and takes its price where it is admitted.
   *
   * @param partOver how much of the candidate's minute is over, 0 to 1: so much of its records may
   *     be spent
   */
  Verdict decide(Contender candidate, double partOver) {
    Claim claim = candidate.claim();
    long at = candidate.appendMillis();
    Limits limits = drifting.has(claim.siteId(), claim.stream(), at) ? raised : usual;
    String minute = Ledger.minute(at, claim.siteId());
    String hour = Ledger.hour(at, claim.siteId());
    String day = Ledger.day(at, claim.siteId());
    String device = Ledger.deviceHour(at, claim);
    String ofClass = Ledger.classHour(at, claim);
    int bytes = candidate.bytes();
    if (recordsGone(day, limits.day().records())) {
      return new Verdict.Refused(Refusal.DAY_RECORDS);
    }
    if (bytesGone(day, limits.day().bytes(), bytes)) {
      return new Verdict.Refused(Refusal.DAY_BYTES);
    }
    if (recordsGone(hour, limits.hour().records())) {
      return new Verdict.Refused(Refusal.HOUR_RECORDS);
    }
    if (bytesGone(hour, limits.hour().bytes(), bytes)) {
      return new Verdict.Refused(Refusal.HOUR_BYTES);
    }
    if (recordsGone(minute, limits.recordsOfMinute(partOver))) {
      return new Verdict.Refused(Refusal.MINUTE_RECORDS);
    }
    if (bytesGone(minute, limits.minute().bytes(), bytes)) {
      return new Verdict.Refused(Refusal.MINUTE_BYTES);
    }
    if (recordsGone(device, limits.recordsPerDeviceAndHour())) {
      return new Verdict.Refused(Refusal.DEVICE_SHARE);
    }
    if (recordsGone(ofClass, limits.recordsPerClassAndHour())) {
      return new Verdict.Refused(Refusal.CLASS_SHARE);
    }
    ledger.pay(minute, bytes);
    ledger.pay(hour, bytes);
    ledger.pay(day, bytes);
    ledger.pay(device, bytes);
    ledger.pay(ofClass, bytes);
    return new Verdict.Admitted();
  }

  private boolean recordsGone(String account, long limit) {
    return ledger.spent(account).records() >= limit;
  }

  private boolean bytesGone(String account, long limit, int bytes) {
    return ledger.spent(account).bytes() + bytes > limit;
  }
}
