package dev.skerry.local.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How fast a link lets bytes pass: a delay, and an allowance each way. Not thread-safe. */
record Pace(long delayNanos, Way out, Way back) {

  static Pace of(LinkCondition condition, long nowNanos) {
    return condition instanceof LinkCondition.Thin thin
        ? new Pace(
            thin.delay().toNanos(),
            new Way(new Allowance(thin.bytesPerSecond(), nowNanos)),
            new Way(new Allowance(thin.bytesPerSecond(), nowNanos)))
        : new Pace(0, new Way(null), new Way(null));
  }

  /** One way through the link, shared by all lanes that go that way; no allowance is no bound. */
  record Way(@Nullable Allowance allowance) {

    /** Lets a lane pass at most so much, and returns how much it was. */
    int pass(Lane lane, int mostBytes, long nowNanos) throws IOException {
      int allowed =
          allowance == null ? mostBytes : Math.min(mostBytes, allowance.available(nowNanos));
      int passed = lane.write(nowNanos, allowed);
      if (allowance != null) {
        allowance.spend(passed);
      }
      return passed;
    }

    /** How long until this lane can go on; a lane whose receiver has no room waits for it. */
    long nanosUntilNext(Lane lane, long nowNanos) {
      if (lane.isBlocked()) {
        return Long.MAX_VALUE;
      }
      long due = lane.nanosUntilDue(nowNanos);
      return due == 0 && allowance != null ? allowance.nanosUntilUseful() : due;
    }
  }
}
