package dev.skerry.ingest.simulate.pump;

import dev.skerry.ingest.simulate.Condition;
import dev.skerry.ingest.simulate.DevicesInTurn;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Fleet;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.Seed;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * A fleet of pumps as a sequence of telemetry, ordered by time: each window shows the last minute,
 * a value a second. A window's content depends on seed, population, pump, time and schedule alone.
 * Pumps report in turn, evenly spread over the interval. Immutable; each iterator is used by one
 * thread.
 *
 * <p>The truth is in the attributes {@value VibrationFleet#FAULT} (normal, cavitation,
 * blocked-valve, leakage or bearing-wear) and {@value VibrationFleet#SEVERITY}, which no model
 * sees.
 *
 * @param seed where everything random comes from
 * @param population which pumps
 * @param pumps how many, 1 and up
 * @param schedule when they have which of {@code Fault.PUMP_DEFECTS}
 * @param siteId the site that they stand at
 * @param start when the first window of the first pump ends, 1970 and later
 * @param interval between two windows of a pump
 * @param windowsPerPump how many windows each pump sends
 */
public record PumpFleet(
    long seed,
    Population population,
    int pumps,
    FaultSchedule schedule,
    String siteId,
    Instant start,
    Duration interval,
    long windowsPerPump)
    implements Fleet {

  /** The stream of the records. */
  public static final String STREAM = "pump";

  /** What the channels are, with their units. */
  public static final List<String> CHANNELS =
      List.of(
          "acceleration at the bearing (g RMS)",
          "acceleration at the outlet (g RMS)",
          "current (A)",
          "pressure (bar)",
          "body temperature (degrees C)",
          "water temperature (degrees C)",
          "voltage (V)",
          "flow (l/min)");

  /** Steps in a window. */
  public static final int STEPS = 60;

  /** Steps per second. */
  public static final float SAMPLE_RATE_HZ = 1;

  public PumpFleet {
    require(pumps >= 1, "pumps must be 1 or more, not " + pumps);
    require(!siteId.isBlank(), "siteId must not be empty");
    require(!start.isBefore(Instant.EPOCH), "start must be 1970 or later, not " + start);
    require(interval.toNanos() > 0, "interval must be more than 0, not " + interval);
    require(windowsPerPump >= 0, "windowsPerPump must be 0 or more");
  }

  @Override
  public Iterator<Telemetry> iterator() {
    return from(0);
  }

  @Override
  public Iterator<Telemetry> from(long firstWindow) {
    return new DevicesInTurn<>(
        pumps,
        index -> Pump.draw(new Seed(seed), population, index),
        this::telemetry,
        firstWindow,
        windowsPerPump);
  }

  private Telemetry telemetry(int index, Pump pump, long window) {
    Instant end =
        start
            .plus(interval.multipliedBy(window))
            .plus(interval.multipliedBy(index).dividedBy(pumps));
    Condition condition = schedule.at(pump.seed(), window);
    return Telemetry.newBuilder()
        .setDeviceId(pump.deviceId())
        .setSiteId(siteId)
        .setStream(STREAM)
        .setEventTime(end)
        .setSequence(window)
        .setAttributes(truth(condition))
        .setPayload(readings(pump, condition, end.getEpochSecond()))
        .build();
  }

  private static Map<String, String> truth(Condition condition) {
    Map<String, String> truth = new HashMap<>();
    truth.put(VibrationFleet.FAULT, condition.fault().label());
    truth.put(VibrationFleet.SEVERITY, String.format(Locale.ROOT, "%.3f", condition.severity()));
    return truth;
  }

  private static Readings readings(Pump pump, Condition condition, long lastSecond) {
    float[] values = new float[PumpSensors.CHANNELS * STEPS];
    for (int step = 0; step < STEPS; step++) {
      // Before 1970 there was no second that could be counted.
      long second = Math.max(0, lastSecond - STEPS + 1 + step);
      PumpSensors.read(pump, condition, second, values, step);
    }
    PrimitivesArrays.FloatArray unboxed =
        new PrimitivesArrays.FloatArray(
            values.length, Readings.getClassSchema().getField("values").schema());
    for (int n = 0; n < values.length; n++) {
      unboxed.add(n, values[n]);
    }
    return new Readings(PumpSensors.CHANNELS, STEPS, SAMPLE_RATE_HZ, unboxed);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("pump fleet: " + message);
    }
  }
}
