package dev.skerry.retrain.select;

import dev.skerry.retrain.egress.EgressConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

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

  /** What may leave a site of the samples of each stream. */
  EgressConfig egress();

  /** How long candidates wait for better ones; goes into a minute without rest. */
  @WithDefault("PT10S")
  Duration round();

  /** How many candidates of a round may wait. */
  WaitingRoom waiting();

  /** Which candidates are too much alike. */
  NearDuplicates nearDuplicates();

  /** The share of the samples that is chosen by lot, 0 to 1. */
  @WithDefault("0.1")
  double lotShare();

  /** What may leave a site in a minute of the edge's append time. */
  Minute perMinute();

  /** What may leave a site in an hour of the edge's append time. */
  Hour perHour();

  /** What may leave a site in a day of the edge's append time (UTC). */
  Day perDay();

  /** The share of the hour's records that one device may take, more than 0 and up to 1. */
  @WithDefault("0.25")
  double deviceShare();

  /** The share of the hour's records that one class of a stream may take, likewise. */
  @WithDefault("0.5")
  double classShare();

  /** What the budgets are multiplied by for a stream that drifts, 1 and up. */
  @WithDefault("2")
  double driftFactor();

  /** How many may wait; at times twice as many do. */
  interface WaitingRoom {
    /** Candidates, 1 and up. */
    @WithDefault("128")
    int records();

    /** Bytes of their values, 1 and up. */
    @WithDefault("8388608")
    long bytes();
  }

  /** What counts as alike, of the same device and class. */
  interface NearDuplicates {
    /** How long after a sample another like it is one too many; PT0S takes all. */
    @WithDefault("PT1H")
    Duration within();

    /** The mean difference of two sketches of readings up to which they are alike. */
    @WithDefault("1.0")
    double decibels();

    /** Bits of 256 that may differ in the hashes of two frames that are alike. */
    @WithDefault("10")
    int bits();
  }

  /** A budget for a minute. */
  interface Minute {
    /** Samples, 0 and up. */
    @WithDefault("20")
    long records();

    /** Bytes of their values, 0 and up. */
    @WithDefault("8388608")
    long bytes();
  }

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

  /** How candidates are chosen, checked. */
  default SelectRules rules() {
    return new SelectRules(
        new Limits(
            Limits.Amount.of("minute", perMinute().records(), perMinute().bytes()),
            Limits.Amount.of("hour", perHour().records(), perHour().bytes()),
            Limits.Amount.of("day", perDay().records(), perDay().bytes()),
            deviceShare(),
            classShare(),
            driftFactor()),
        round(),
        new Round.Room(waiting().records(), waiting().bytes()),
        lotShare(),
        new Likeness(
            nearDuplicates().within(), nearDuplicates().decibels(), nearDuplicates().bits()));
  }
}
