package dev.skerry.ingest.simulate;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * A fleet of rotating machines as a sequence of telemetry, ordered by time. A window's content
 * depends on seed, population, machine and window index alone: the same fleet always gives the same
 * records, from any window on. Machines report in turn, evenly spread over the interval. Immutable;
 * each iterator is used by one thread.
 *
 * <p>The truth is in the attributes {@value #FAULT} (normal, unbalance, misalignment, bearing-outer
 * or bearing-inner) and {@value #SEVERITY} (0 to 1), which no model sees.
 *
 * @param seed where everything random comes from
 * @param population which machines
 * @param machines how many, 1 and up
 * @param schedule when they have which faults
 * @param siteId the site that they stand at
 * @param start when the first window of the first machine ends
 * @param interval between two windows of a machine
 * @param windowsPerMachine how many windows each machine sends; {@link #UNBOUNDED} for ever
 */
public record VibrationFleet(
    long seed,
    Population population,
    int machines,
    FaultSchedule schedule,
    String siteId,
    Instant start,
    Duration interval,
    long windowsPerMachine)
    implements Fleet {

  /** The stream of the records. */
  public static final String STREAM = "vibration";

  /** What the channels are, with their units. */
  public static final List<String> CHANNELS =
      List.of("radial acceleration (g)", "axial acceleration (g)", "shaft speed (Hz)");

  /** Steps in a window. */
  public static final int STEPS = Vibration.STEPS;

  /** Steps per second. */
  public static final float SAMPLE_RATE_HZ = Vibration.SAMPLE_RATE_HZ;

  /** The attribute with the label of the true fault. */
  public static final String FAULT = "label.fault";

  /** The attribute with the true severity. */
  public static final String SEVERITY = "label.severity";

  /** For {@link #windowsPerMachine}: never ends. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int WINDOWS_BETWEEN_FAULTS = 240;

  private static final Schema VALUES = Readings.getClassSchema().getField("values").schema();

  public VibrationFleet {
    require(machines >= 1, "machines must be 1 or more, not " + machines);
    require(!siteId.isBlank(), "siteId must not be empty");
    require(interval.toNanos() > 0, "interval must be more than 0, not " + interval);
    require(windowsPerMachine >= 0, "windowsPerMachine must be 0 or more");
  }

  /**
   * Machines to train on or to judge by: many short conditions, see {@link FaultSchedule#mixed}.
   */
  public static VibrationFleet labelled(
      long seed, Population population, int machines, long windowsPerMachine) {
    return new VibrationFleet(
        seed,
        population,
        machines,
        FaultSchedule.mixed(),
        "workshop",
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(1),
        windowsPerMachine);
  }

  /**
   * Machines that are as those of a live site, and none of them: what a model may expect of its
   * service.
   */
  public static VibrationFleet expected(long seed, int machines, long windowsPerMachine) {
    return new VibrationFleet(
        seed,
        Population.HELD_OUT,
        machines,
        FaultSchedule.live(WINDOWS_BETWEEN_FAULTS),
        "workshop",
        Instant.parse("2026-01-01T00:00:00Z"),
        Duration.ofSeconds(1),
        windowsPerMachine);
  }

  /** Machines of a site that run without end and get a fault now and then. */
  public static VibrationFleet live(
      long seed, int machines, String siteId, Instant start, Duration interval) {
    return new VibrationFleet(
        seed,
        Population.SITE,
        machines,
        FaultSchedule.live(WINDOWS_BETWEEN_FAULTS),
        siteId,
        start,
        interval,
        UNBOUNDED);
  }

  @Override
  public Iterator<Telemetry> iterator() {
    return from(0);
  }

  @Override
  public Iterator<Telemetry> from(long firstWindow) {
    return new DevicesInTurn<>(
        machines,
        index -> Machine.draw(new Seed(seed), population, index),
        this::telemetry,
        firstWindow,
        windowsPerMachine);
  }

  private Telemetry telemetry(int index, Machine machine, long window) {
    Condition condition = schedule.at(machine.seed(), window);
    return Telemetry.newBuilder()
        .setDeviceId(machine.deviceId())
        .setSiteId(siteId)
        .setStream(STREAM)
        .setEventTime(end(index, window))
        .setSequence(window)
        .setAttributes(truth(condition))
        .setPayload(readings(Vibration.window(machine, condition, window)))
        .build();
  }

  private Instant end(int machine, long window) {
    return start
        .plus(interval.multipliedBy(window))
        .plus(interval.multipliedBy(machine).dividedBy(machines));
  }

  private static Map<String, String> truth(Condition condition) {
    Map<String, String> truth = new HashMap<>();
    truth.put(FAULT, condition.fault().label());
    truth.put(SEVERITY, String.format(Locale.ROOT, "%.3f", condition.severity()));
    return truth;
  }

  private static Readings readings(float[] values) {
    PrimitivesArrays.FloatArray unboxed = new PrimitivesArrays.FloatArray(values.length, VALUES);
    for (int n = 0; n < values.length; n++) {
      unboxed.add(n, values[n]);
    }
    return Readings.newBuilder()
        .setChannels(Vibration.CHANNELS)
        .setSteps(STEPS)
        .setSampleRateHz(SAMPLE_RATE_HZ)
        .setValues(unboxed)
        .build();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("vibration fleet: " + message);
    }
  }
}
