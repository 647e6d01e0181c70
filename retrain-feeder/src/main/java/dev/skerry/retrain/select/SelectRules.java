package dev.skerry.retrain.select;

import dev.skerry.service.ConfigException;
import java.time.Duration;

/**
 * How candidates are chosen. Immutable.
 *
 * @param limits how much a site may spend
 * @param round how long candidates wait for better ones; goes into a minute without rest
 * @param room how many may wait
 * @param lotShare the share of the samples that is chosen by lot, 0 to 1
 * @param likeness which are too much alike
 */
record SelectRules(
    Limits limits, Duration round, Round.Room room, double lotShare, Likeness likeness) {

  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  /** Checks all of it; the message names the key. */
  SelectRules {
    long millis = round.toMillis();
    if (millis < 1_000 || MINUTE_MILLIS % millis != 0) {
      throw new ConfigException(
          "select.round is " + round + "; give seconds that go into a minute, such as PT10S");
    }
    if (room.records() < 1) {
      throw new ConfigException("select.waiting.records is " + room.records() + "; give 1 or more");
    }
    if (room.bytes() < 1) {
      throw new ConfigException("select.waiting.bytes is " + room.bytes() + "; give 1 or more");
    }
    if (!(lotShare >= 0 && lotShare <= 1)) {
      throw new ConfigException("select.lot-share is " + lotShare + "; give a number from 0 to 1");
    }
  }
}
