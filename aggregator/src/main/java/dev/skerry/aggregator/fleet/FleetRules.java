package dev.skerry.aggregator.fleet;

import dev.skerry.aggregator.window.WindowRules;
import dev.skerry.service.ConfigException;
import java.time.Duration;

/**
 * What of the sites' windows makes those of the fleet. Immutable.
 *
 * @param from length of the sites' windows
 * @param windows of the fleet, each a multiple of {@code from}
 */
record FleetRules(Duration from, WindowRules windows) {

  /** Checks all of it; the message names the key. */
  FleetRules {
    for (Duration size : windows.sizes()) {
      if (from.toMillis() < 1 || size.toMillis() % from.toMillis() != 0) {
        throw new ConfigException(
            "aggregator.fleet.windows has "
                + size
                + ", which is no multiple of aggregator.fleet.from, "
                + from);
      }
    }
  }
}
