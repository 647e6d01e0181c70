package dev.skerry.local.link;

import java.time.Duration;

/** How the link is. */
public sealed interface LinkCondition {

  /** How it is so long after it was told to be so. */
  default LinkCondition after(Duration elapsed) {
    return this;
  }

  /** In one or two words and its figures, for people. */
  String describe();

  /** Everything passes at once. */
  record Open() implements LinkCondition {
    @Override
    public String describe() {
      return "up";
    }
  }

  /** Connections are reset and new ones refused, as when a router says that there is no way. */
  record Cut() implements LinkCondition {
    @Override
    public String describe() {
      return "cut";
    }
  }

  /**
   * Nothing passes and nobody is told, as when packets are dropped on their way. What was sent
   * meanwhile arrives when the link is back, where the two ends still wait for it.
   */
  record Silent() implements LinkCondition {
    @Override
    public String describe() {
      return "silent";
    }
  }

  /**
   * A thin link.
   *
   * @param bytesPerSecond that pass each way, all connections together, 1 and up
   * @param delay one way, not negative
   */
  record Thin(long bytesPerSecond, Duration delay) implements LinkCondition {

    /** Checks the ranges. */
    public Thin {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException(
            "A link of " + bytesPerSecond + " bytes a second: give 1 or more, or cut it");
      }
      if (delay.isNegative()) {
        throw new IllegalArgumentException("A delay of " + delay + ": give 0 or more");
      }
    }

    @Override
    public String describe() {
      return "thin (" + bytesPerSecond + " B/s, " + delay.toMillis() + " ms each way)";
    }
  }

  /**
   * Up and cut in turn, beginning with up.
   *
   * @param up how long it is up each time, more than 0
   * @param down how long it is cut each time, more than 0
   */
  record Flapping(Duration up, Duration down) implements LinkCondition {

    /** Checks the ranges. */
    public Flapping {
      if (up.isNegative() || up.isZero() || down.isNegative() || down.isZero()) {
        throw new IllegalArgumentException(
            "A link that flaps needs times above 0 for up (" + up + ") and down (" + down + ")");
      }
    }

    @Override
    public LinkCondition after(Duration elapsed) {
      long intoTurnMillis = elapsed.toMillis() % up.plus(down).toMillis();
      return intoTurnMillis < up.toMillis() ? new Open() : new Cut();
    }

    @Override
    public String describe() {
      return "flapping (" + up.toMillis() + " ms up, " + down.toMillis() + " ms down)";
    }
  }
}
