package dev.skerry.inference.overflow;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The keys under {@code inference.overflow}. */
public interface OverflowConfig {

  /**
   * How many of the devices of these streams are left to the cloud while the site is behind, 0 to
   * 1; 0 is off.
   */
  @WithDefault("0")
  double share();

  /** The streams whose telemetry may leave the site; to be named where the share is above 0. */
  Optional<List<String>> streams();

  /** How long records of a partition have waited when their overflow begins. */
  @WithDefault("PT30S")
  Duration startLag();

  /** How long they have waited at most when it ends; less than {@link #startLag}. */
  @WithDefault("PT5S")
  Duration stopLag();
}
