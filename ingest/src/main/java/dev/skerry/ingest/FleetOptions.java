package dev.skerry.ingest;

import dev.skerry.ingest.replay.ReplayOptions;
import dev.skerry.ingest.simulate.Fault;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.ingest.simulate.pump.PumpFleet;
import dev.skerry.service.ConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which machines are simulated, and what befalls them. A mixin of commands. */
public final class FleetOptions {

  /** Event times are in milliseconds, and sequences are made of them. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);

  private static final int DEFAULT_MACHINES = 10;

  /** How a machine's life goes. */
  public enum Life {
    /** Long healthy runs, faults that begin small and grow, repairs. */
    LIVE,
    /** Many short conditions, most of them faulty, as for training. */
    MIXED
  }

  @Option(
      names = "--machines",
      paramLabel = "N",
      description = "How many machines (default: 10; with --images 0).")
  private Optional<Integer> machines = Optional.empty();

  @Option(
      names = "--pumps",
      paramLabel = "N",
      description = "How many pumps that circulate water (default: 0).")
  private int pumps;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where everything random comes from (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Between two windows of one machine or pump (default: 1s).")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--site",
      paramLabel = "NAME",
      description = "The site where they stand (default: ${DEFAULT-VALUE}).")
  private String site = ReplayOptions.DEFAULT_SITE;

  @Option(
      names = "--population",
      paramLabel = "NAME",
      description =
          "Which machines and cameras: site, training (models are trained on these) or held_out (never seen in"
              + " training); they share none (default: site).")
  private Population population = Population.SITE;

  @Option(
      names = "--life",
      paramLabel = "NAME",
      description =
          "live (long healthy runs, faults that grow, repairs) or mixed (many short conditions, most"
              + " of them faulty) (default: live to Kafka, mixed to a file).")
  private Optional<Life> life = Optional.empty();

  @Option(
      names = "--fault-share",
      paramLabel = "SHARE",
      description =
          "Share of the cycles of a machine's life in which a fault develops, 0 to 1 (default: 0.4"
              + " live, 0.6 mixed).")
  private Optional<Double> faultShare = Optional.empty();

  @Option(
      names = "--cycle",
      paramLabel = "WINDOWS",
      description = "Length of such a cycle (default: 240 live, 8 mixed).")
  private Optional<Long> cycleWindows = Optional.empty();

  long seed() {
    return seed;
  }

  Population population() {
    return population;
  }

  String site() {
    return site;
  }

  boolean namesMachines() {
    return machines.isPresent();
  }

  /** Whether there are machines at all. */
  boolean isWanted() {
    return machines.orElse(DEFAULT_MACHINES) != 0;
  }

  boolean wantsPumps() {
    return pumps != 0;
  }

  /** The pumps, from a time on; throws {@link ConfigException} for options that cannot be. */
  PumpFleet pumps(Instant start, Life otherwise, long windowsPerPump) {
    requireInterval();
    try {
      return new PumpFleet(
          seed,
          population,
          pumps,
          schedule(life.orElse(otherwise)).withDefects(Fault.PUMP_DEFECTS),
          site,
          start,
          interval,
          windowsPerPump);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("The options of the pumps cannot be: " + e.getMessage(), e);
    }
  }

  /** The fleet, from a time on; throws {@link ConfigException} for options that cannot be. */
  VibrationFleet fleet(Instant start, Life otherwise, long windowsPerMachine) {
    requireInterval();
    try {
      return new VibrationFleet(
          seed,
          population,
          machines.orElse(DEFAULT_MACHINES),
          schedule(life.orElse(otherwise)),
          site,
          start,
          interval,
          windowsPerMachine);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("The options of the fleet cannot be: " + e.getMessage(), e);
    }
  }

  private void requireInterval() {
    if (interval.compareTo(SHORTEST_INTERVAL) < 0) {
      throw new ConfigException("--interval is below 1ms");
    }
  }

  private FaultSchedule schedule(Life chosen) {
    FaultSchedule base = chosen == Life.LIVE ? FaultSchedule.live(240) : FaultSchedule.mixed();
    return new FaultSchedule(
        cycleWindows.orElse(base.cycleWindows()),
        faultShare.orElse(base.faultyShare()),
        base.latestOnset(),
        base.mildest(),
        base.defects());
  }
}
