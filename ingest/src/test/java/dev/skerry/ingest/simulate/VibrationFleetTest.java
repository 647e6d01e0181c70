package dev.skerry.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VibrationFleetTest {

  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void shouldGiveTheSameRecordsForTheSameSeed() {
    VibrationFleet fleet = VibrationFleet.labelled(1, Population.TRAINING, 5, 4);
    assertThat(records(fleet)).hasSize(20).isEqualTo(records(fleet));
    assertThat(records(fleet))
        .isNotEqualTo(records(VibrationFleet.labelled(2, Population.TRAINING, 5, 4)));
  }

  @Test
  void shouldContinueFromAnyWindowAsIfItHadNeverStopped() {
    VibrationFleet fleet = VibrationFleet.live(1, 3, "site-1", START, Duration.ofMillis(500));
    Iterator<Telemetry> all = fleet.iterator();
    IntStream.range(0, 3 * 1000).forEach(skipped -> all.next());
    Iterator<Telemetry> resumed = fleet.from(1000);
    for (int n = 0; n < 30; n++) {
      assertThat(resumed.next()).isEqualTo(all.next());
    }
  }

  @Test
  void shouldOrderTheRecordsByTimeAndNumberThemPerMachine() {
    List<Telemetry> records = records(VibrationFleet.labelled(1, Population.HELD_OUT, 7, 5));
    assertThat(records).isSortedAccordingTo(Comparator.comparing(Telemetry::getEventTime));
    assertThat(records)
        .filteredOn(r -> r.getDeviceId().equals("machine-heldout-003"))
        .extracting(Telemetry::getSequence)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void shouldShareNoMachineBetweenPopulations() {
    Set<Double> resonances = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Population population : Population.values()) {
      for (int index = 0; index < 200; index++) {
        Machine machine = Machine.draw(new Seed(1), population, index);
        resonances.add(machine.resonanceHz());
        ids.add(machine.deviceId());
      }
    }
    assertThat(resonances).hasSize(600);
    assertThat(ids)
        .hasSize(600)
        .contains("machine-train-017", "machine-heldout-003", "machine-007");
  }

  @Test
  void shouldFillTheShapeOfTheStreamWithFiniteNumbers() {
    for (Telemetry record : records(VibrationFleet.labelled(3, Population.TRAINING, 20, 3))) {
      Readings readings = (Readings) record.getPayload();
      assertThat(readings.getValues()).hasSize(3 * 1024);
      assertThat(readings.getValues()).allMatch(v -> Float.isFinite(v) && Math.abs(v) < 100);
      assertThat(readings.getSampleRateHz()).isEqualTo(2560);
    }
  }

  @Test
  void shouldLetFaultsGrowAndBeRepairedInALiveRun() {
    Seed machine = Population.SITE.seed(new Seed(5)).child(0);
    FaultSchedule schedule = FaultSchedule.live(100);
    List<Condition> life =
        IntStream.range(0, 5000).mapToObj(window -> schedule.at(machine, window)).toList();
    int repairs = 0;
    for (int window = 1; window < life.size(); window++) {
      Condition before = life.get(window - 1);
      Condition now = life.get(window);
      if (before.fault() != Fault.NORMAL && before.fault() == now.fault()) {
        boolean newCycle = now.severity() < before.severity();
        repairs += newCycle ? 1 : 0;
      } else if (before.fault() != Fault.NORMAL) {
        repairs++;
      }
    }
    assertThat(repairs).isBetween(8, 35);
    assertThat(life.stream().map(Condition::fault).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(withNormal(Fault.DEFECTS));
  }

  @Test
  void shouldMixAllClassesForTraining() {
    assertThat(
            records(VibrationFleet.labelled(1, Population.TRAINING, 40, 24)).stream()
                .collect(
                    Collectors.groupingBy(
                        r -> r.getAttributes().get(VibrationFleet.FAULT), Collectors.counting())))
        .hasSize(5)
        .allSatisfy((label, count) -> assertThat(count).isGreaterThan(40));
  }

  @Test
  void shouldNameTheOptionThatIsWrong() {
    assertThatThrownBy(() -> VibrationFleet.labelled(1, Population.TRAINING, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("machines must be 1 or more, not 0");
  }

  private static List<Fault> withNormal(List<Fault> defects) {
    List<Fault> all = new ArrayList<>(defects);
    all.add(Fault.NORMAL);
    return all;
  }

  private static List<Telemetry> records(VibrationFleet fleet) {
    List<Telemetry> records = new ArrayList<>();
    fleet.forEach(records::add);
    return records;
  }
}
