package dev.skerry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.schemas.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveFleetTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.300Z");

  @Test
  void shouldSendEachMachineOncePerIntervalFromNowOn() {
    List<Telemetry> records = take(fleet(Duration.ofSeconds(1)), NOW, Duration.ofSeconds(3));
    assertThat(records).hasSize(12);
    assertThat(records)
        .extracting(Telemetry::getEventTime)
        .isSorted()
        .allMatch(time -> !time.isBefore(NOW) && time.isBefore(NOW.plusSeconds(3)));
    assertThat(records).extracting(Telemetry::getDeviceId).contains("machine-003");
  }

  @Test
  void shouldRaiseSequencesOverARestartAlsoWithAnotherInterval() {
    Telemetry before = take(fleet(Duration.ofMillis(500)), NOW, Duration.ofSeconds(3)).get(20);
    Instant restart = before.getEventTime().plusMillis(1);
    List<Telemetry> after = take(fleet(Duration.ofSeconds(2)), restart, Duration.ofSeconds(4));
    assertThat(after)
        .filteredOn(record -> record.getDeviceId().equals(before.getDeviceId()))
        .isNotEmpty()
        .allMatch(record -> record.getSequence() > before.getSequence());
  }

  @Test
  void shouldContinueWhereItWouldHaveBeen() {
    VibrationFleet fleet = fleet(Duration.ofSeconds(1));
    List<Telemetry> whole = take(fleet, NOW, Duration.ofSeconds(4));
    List<Telemetry> rest = take(fleet, NOW.plusSeconds(2), Duration.ofSeconds(2));
    assertThat(rest).isEqualTo(whole.subList(8, 16));
  }

  private static VibrationFleet fleet(Duration interval) {
    return VibrationFleet.live(1, 4, "s", LiveFleet.BEGINNING, interval);
  }

  private static List<Telemetry> take(VibrationFleet fleet, Instant now, Duration runsFor) {
    List<Telemetry> records = new ArrayList<>();
    new LiveFleet(fleet, now, Optional.of(runsFor)).forEachRemaining(records::add);
    return records;
  }
}
