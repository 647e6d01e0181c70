package dev.skerry.bench.link;

import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.topic.Side;
import java.time.Duration;
import java.util.Optional;

/** Something that is done to a link or to a broker at its end, and for how long. */
public sealed interface Disruption {

  /** Its kind, for people. */
  String kind();

  /** How long it lasts. */
  Duration lasts();

  /** How long after its beginning the mirror is killed besides; empty where it is not. */
  default Optional<Duration> killAfter() {
    return Optional.empty();
  }

  /** The link is made so, and is up again at the end. */
  record OfTheLink(LinkCondition condition, Duration lasts, Optional<Duration> killAfter)
      implements Disruption {
    @Override
    public String kind() {
      return condition instanceof LinkCondition.Cut
          ? "cut"
          : condition instanceof LinkCondition.Silent
              ? "silent"
              : condition instanceof LinkCondition.Thin ? "thin" : "flapping";
    }
  }

  /** The broker of one side is killed, and started again at the end. */
  record OfABroker(Side side, Duration lasts) implements Disruption {
    @Override
    public String kind() {
      return side == Side.EDGE ? "edge-broker-killed" : "cloud-broker-killed";
    }
  }
}
