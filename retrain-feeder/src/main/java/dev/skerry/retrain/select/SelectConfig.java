package dev.skerry.retrain.select;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** What the selection can be told, under the prefix {@code select}. */
@ConfigMapping(prefix = "select")
public interface SelectConfig {

  /** The site at which it runs; dead letters name it. */
  String siteId();

  /** The group, the transactions and the internal topics are named after it. */
  @WithDefault("skerry-select")
  String applicationId();

  /** Tells instances of one site apart, and stays the same over restarts. */
  @WithDefault("0")
  String instance();

  /** Where local state is kept; one instance at a time. */
  Path stateDir();

  /** What may leave a site in an hour of the edge's append time. */
  Hour perHour();

  /** What may leave a site in a day of the edge's append time (UTC). */
  Day perDay();

  /** The share of the hour's records that one device may take, more than 0 and up to 1. */
  @WithDefault("0.25")
  double deviceShare();

  /** What the budgets are multiplied by for a stream that drifts, 1 and up. */
  @WithDefault("2")
  double driftFactor();

  /** A budget for an hour. */
  interface Hour {
    /** Samples, 0 and up. */
    @WithDefault("600")
    long records();

    /** Bytes of their values, 0 and up. */
    @WithDefault("33554432")
    long bytes();
  }

  /** A budget for a day. */
  interface Day {
    /** Samples, 0 and up. */
    @WithDefault("6000")
    long records();

    /** Bytes of their values, 0 and up. */
    @WithDefault("268435456")
    long bytes();
  }

  /** The limits, checked. */
  default Limits limits() {
    return new Limits(
        perHour().records(),
        perHour().bytes(),
        perDay().records(),
        perDay().bytes(),
        deviceShare(),
        driftFactor());
  }
}
