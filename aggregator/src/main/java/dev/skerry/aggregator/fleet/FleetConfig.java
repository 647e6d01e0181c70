package dev.skerry.aggregator.fleet;

import dev.skerry.aggregator.window.WindowRules;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** What the roll-up of all sites can be told, under the prefix {@code aggregator.fleet}. */
public interface FleetConfig {

  /** Whether sites are added up; in the cloud alone. */
  @WithDefault("true")
  boolean enabled();

  /** Length of the sites' windows that are added up; rows of other lengths say the same again. */
  @WithDefault("PT1M")
  Duration from();

  /** Lengths of the fleet's windows, each a multiple of the smallest. */
  @WithDefault("PT1H")
  List<Duration> windows();

  /** How long after its end, by event time, a window still waits for sites. */
  @WithDefault("PT5M")
  Duration grace();

  /** After how long without input a window that is over closes by wall clock. */
  @WithDefault("PT1M")
  Duration quietClose();

  /** The rules, checked. */
  default FleetRules rules() {
    return new FleetRules(
        from(),
        new WindowRules(
            "aggregator.fleet", windows(), grace(), quietClose(), Duration.ofMinutes(1)));
  }
}
