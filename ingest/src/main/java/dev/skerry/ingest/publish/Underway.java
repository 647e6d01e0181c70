package dev.skerry.ingest.publish;

import java.util.concurrent.TimeUnit;

/**
 * What became of records that a gateway was asked to take: their room is given back, and they are
 * counted. Thread-safe.
 */
final class Underway {

  private static final long MAX_BYTES = 16 << 20;

  /** As long as Kafka's own producer tries. */
  private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(2);

  /** Less than a process may take to stop, so that what was acknowledged is still reported. */
  private static final long DRAIN_NANOS_AFTER_STOP = TimeUnit.SECONDS.toNanos(15);

  private final String gateway;
  private final StopSignal stop;
  private final Tally tally;
  private final InFlight inFlight = new InFlight(MAX_BYTES);

  Underway(GatewayAddress address, StopSignal stop, Tally tally) {
    this.gateway = "The gateway at " + address.uri();
    this.stop = stop;
    this.tally = tally;
  }

  /** Waits for room; false where the publication was asked to stop meanwhile. */
  boolean enter(Outgoing record) throws InterruptedException {
    if (!inFlight.acquire(record.bytes().length, stop)) {
      return false;
    }
    tally.took();
    return true;
  }

  void acknowledged(Outgoing record) {
    tally.acknowledge(record.device(), System.nanoTime() - record.takenNanos());
    inFlight.release(record.bytes().length);
  }

  void refused(Outgoing record, String reason) {
    tally.refuse(reason);
    inFlight.release(record.bytes().length);
  }

  /** They are sent once more; ends the publication where that has gone on for too long. */
  void again(int records, Outgoing oldest, String why) {
    tally.resent(records);
    if (System.nanoTime() - oldest.takenNanos() > GIVE_UP_NANOS) {
      fail("did not acknowledge a record of " + oldest.device() + " in two minutes: " + why);
    }
  }

  /** Ends the publication. */
  void fail(String what) {
    inFlight.fail(new PublishException(gateway + " " + what));
  }

  /** Returns when nothing is under way and nothing was refused. */
  void awaitNone() throws InterruptedException {
    long unacknowledged = inFlight.awaitNone(stop, DRAIN_NANOS_AFTER_STOP);
    if (unacknowledged > 0) {
      throw new PublishException(
          gateway + " did not acknowledge the last " + unacknowledged + " records before the stop");
    }
    if (!tally.refusedByReason().isEmpty()) {
      throw new PublishException(
          gateway + " refused records: " + Published.refused(tally.refusedByReason()));
    }
  }
}
