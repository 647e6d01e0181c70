package dev.skerry.ingest.simulate.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.skerry.ingest.simulate.Fault;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PumpFleetTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PUMPS = 12;

  private static final int NEAR = 0;
  private static final int FAR = 1;
  private static final int CURRENT = 2;
  private static final int PRESSURE = 3;
  private static final int BODY = 4;
  private static final int WATER = 5;
  private static final int VOLTAGE = 6;
  private static final int FLOW = 7;

  @Test
  void shouldGiveTheSameRecordsEachTimeAndFromAnyWindowOn() {
    PumpFleet fleet = fleet(7, FaultSchedule.mixed().withDefects(Fault.PUMP_DEFECTS), 20);
    List<Telemetry> records = records(fleet);
    assertThat(records).hasSize(PUMPS * 20).isEqualTo(records(fleet));
    Iterator<Telemetry> later = fleet.from(13);
    assertThat(later.next()).isEqualTo(records.get(13 * PUMPS));
    assertThat(records(fleet(8, FaultSchedule.healthy(), 1)).get(0).getPayload())
        .isNotEqualTo(records(fleet(7, FaultSchedule.healthy(), 1)).get(0).getPayload());
    assertThat(records).isSortedAccordingTo((a, b) -> a.getEventTime().compareTo(b.getEventTime()));
  }

  @Test
  void shouldShowTheSameSecondsInWindowsThatOverlap() {
    List<Telemetry> windows =
        records(
            new PumpFleet(
                7,
                Population.SITE,
                1,
                FaultSchedule.healthy(),
                "s",
                START,
                Duration.ofSeconds(10),
                2));
    for (int channel = 0; channel < PumpFleet.CHANNELS.size(); channel++) {
      assertThat(channel(windows.get(1), channel).subList(0, 50))
          .isEqualTo(channel(windows.get(0), channel).subList(10, 60));
    }
  }

  @Test
  void shouldRunWherePumpsRun() {
    for (Telemetry record : records(fleet(7, FaultSchedule.healthy(), 5))) {
      assertThat(record.getStream()).isEqualTo("pump");
      assertThat(record.getAttributes()).containsEntry("label.fault", "normal");
      assertThat(mean(record, VOLTAGE)).isBetween(215.0, 245.0);
      assertThat(mean(record, PRESSURE)).isBetween(0.4, 1.4);
      assertThat(mean(record, FLOW)).isBetween(40.0, 190.0);
      assertThat(mean(record, CURRENT)).isBetween(1.0, 8.0);
      assertThat(mean(record, BODY)).isBetween(20.0, 80.0);
      assertThat(mean(record, WATER)).isBetween(15.0, 40.0);
      assertThat(mean(record, NEAR)).isBetween(0.01, 0.2);
      assertThat(((Readings) record.getPayload()).getValues())
          .hasSize(8 * 60)
          .allSatisfy(value -> assertThat(value).isFinite().isNotNegative());
    }
  }

  @Test
  void shouldLoseHeadAndFlowAndShakeWhenItCavitates() {
    Change change = new Change(Fault.CAVITATION);
    assertThat(change.of(NEAR)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(3));
    assertThat(change.of(FAR)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(3));
    assertThat(change.of(PRESSURE)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.97));
    assertThat(change.of(FLOW)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.97));
    assertThat(change.of(CURRENT)).allSatisfy(ratio -> assertThat(ratio).isLessThan(1));
    assertThat(change.spreadOf(PRESSURE)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(2));
  }

  @Test
  void shouldBuildUpPressureAndWarmTheWaterBehindABlockedValve() {
    Change change = new Change(Fault.BLOCKED_VALVE);
    assertThat(change.of(FLOW)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.5));
    assertThat(change.of(PRESSURE)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.15));
    assertThat(change.of(CURRENT)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.9));
    assertThat(change.of(WATER)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.02));
  }

  @Test
  void shouldLosePressureAndMeteredFlowAndTakeMoreCurrentWhenItLeaks() {
    Change change = new Change(Fault.LEAKAGE);
    assertThat(change.of(FLOW)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.9));
    assertThat(change.of(PRESSURE)).allSatisfy(ratio -> assertThat(ratio).isLessThan(0.9));
    assertThat(change.of(CURRENT)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.02));
  }

  @Test
  void shouldShakeAtTheBearingAndWarmTheBodyWhenTheBearingWears() {
    Change change = new Change(Fault.BEARING_WEAR);
    List<Double> near = change.of(NEAR);
    List<Double> far = change.of(FAR);
    assertThat(near).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(3));
    for (int pump = 0; pump < PUMPS; pump++) {
      assertThat(near.get(pump)).isGreaterThan(far.get(pump));
    }
    assertThat(change.of(BODY)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.1));
    assertThat(change.of(CURRENT)).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.02));
    assertThat(change.of(FLOW)).allSatisfy(ratio -> assertThat(ratio).isCloseTo(1, within(0.01)));
  }

  @Test
  void shouldShareNoPumpBetweenPopulations() {
    Set<Object> payloads =
        Stream.of(Population.values())
            .map(population -> fleet(7, population, FaultSchedule.healthy(), 1))
            .flatMap(fleet -> records(fleet).stream())
            .map(Telemetry::getPayload)
            .collect(Collectors.toSet());
    assertThat(payloads).hasSize(3 * PUMPS);
  }

  @Test
  void shouldNameTheOptionThatIsWrong() {
    assertThatThrownBy(
            () ->
                new PumpFleet(
                    1,
                    Population.SITE,
                    0,
                    FaultSchedule.healthy(),
                    "s",
                    START,
                    Duration.ofSeconds(1),
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pumps must be 1 or more, not 0");
  }

  /** Each pump with a fault at its worst, by the same pump without. */
  private static final class Change {
    private final List<Telemetry> healthy = records(fleet(7, FaultSchedule.healthy(), 1));
    private final List<Telemetry> faulty;

    Change(Fault fault) {
      faulty = records(fleet(7, FaultSchedule.always(fault, 1), 1));
      assertThat(faulty)
          .allSatisfy(
              record ->
                  assertThat(record.getAttributes())
                      .containsEntry("label.fault", fault.label())
                      .containsEntry("label.severity", "1.000"));
    }

    List<Double> of(int channel) {
      return IntStream.range(0, PUMPS)
          .mapToObj(p -> mean(faulty.get(p), channel) / mean(healthy.get(p), channel))
          .toList();
    }

    List<Double> spreadOf(int channel) {
      return IntStream.range(0, PUMPS)
          .mapToObj(p -> deviation(faulty.get(p), channel) / deviation(healthy.get(p), channel))
          .toList();
    }
  }

  private static PumpFleet fleet(long seed, FaultSchedule schedule, long windows) {
    return fleet(seed, Population.SITE, schedule, windows);
  }

  private static PumpFleet fleet(
      long seed, Population population, FaultSchedule schedule, long windows) {
    return new PumpFleet(
        seed, population, PUMPS, schedule, "s", START, Duration.ofMinutes(1), windows);
  }

  private static List<Telemetry> records(PumpFleet fleet) {
    List<Telemetry> records = new ArrayList<>();
    fleet.forEach(records::add);
    return records;
  }

  private static List<Float> channel(Telemetry record, int channel) {
    return ((Readings) record.getPayload())
        .getValues()
        .subList(channel * PumpFleet.STEPS, (channel + 1) * PumpFleet.STEPS);
  }

  private static double mean(Telemetry record, int channel) {
    return channel(record, channel).stream()
        .mapToDouble(Float::doubleValue)
        .average()
        .orElseThrow();
  }

  private static double deviation(Telemetry record, int channel) {
    double mean = mean(record, channel);
    return Math.sqrt(
        channel(record, channel).stream()
            .mapToDouble(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }
}
