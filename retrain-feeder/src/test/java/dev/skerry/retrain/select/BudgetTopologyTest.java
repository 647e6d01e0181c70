package dev.skerry.retrain.select;

import static dev.skerry.retrain.select.SelectDriver.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.retrain.SomeSamples;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets by minute, hour and day, of a site, a device and a class. */
class BudgetTopologyTest {

  private static final int BYTES = SomeSamples.of("plant-1", "pump-0").noise(0).bytes(0).length;

  @TempDir private Path stateDir;
  private @Nullable SelectDriver driver;

  @AfterEach
  void stop() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void shouldKeepTheRecordsOfTheMinuteAndSpendThemAsItPasses() {
    start(Map.of("select.per-minute.records", "12", "select.round", "PT10S"));
    driver().pipe("plant-1", 4, 25, NOON);
    assertThat(driver().count()).isEqualTo(2);
    for (int second = 10; second < 60; second += 10) {
      driver().pipe("plant-1", 4, 25, NOON.plusSeconds(second));
    }
    assertThat(driver().count()).isEqualTo(10);
    assertThat(driver().refused("minute_records")).isEqualTo(6 * 25 - 12);
  }

  @Test
  void shouldKeepTheBytesOfTheMinute() {
    start(Map.of("select.per-minute.bytes", Integer.toString(3 * BYTES + BYTES / 2)));
    driver().pipe("plant-1", 4, 10, NOON);
    assertThat(driver().count()).isEqualTo(3);
    assertThat(driver().refused("minute_bytes")).isEqualTo(7);
  }

  @Test
  void shouldKeepTheRecordsOfTheHour() {
    start(Map.of("select.per-hour.records", "10"));
    driver().pipe("plant-1", 4, 25, NOON);
    assertThat(driver().count()).isEqualTo(10);
    assertThat(driver().refused("hour_records")).isEqualTo(15);

    driver().pipe("plant-1", 4, 25, NOON.plus(Duration.ofHours(1)));
    assertThat(driver().count()).isEqualTo(10);
  }

  @Test
  void shouldAffordMoreOfAStreamWhileItDrifts() {
    start(Map.of("select.per-hour.records", "10", "select.drift-factor", "2.5"));
    driver().pipe("plant-1", 4, 25, NOON);
    assertThat(driver().count()).isEqualTo(10);

    driver().report("plant-1", "vibration", true, NOON);
    driver().pipe("plant-1", 4, 50, NOON);
    assertThat(driver().count()).isEqualTo(15);

    driver().report("plant-1", "vibration", false, NOON);
    driver().pipe("plant-1", 4, 50, NOON.plus(Duration.ofHours(1)));
    assertThat(driver().count()).isEqualTo(10);
  }

  @Test
  void shouldNotAffordMoreOfOtherSitesAndStreamsNorBelieveAReportForEver() {
    start(Map.of("select.per-hour.records", "10"));
    driver().report("plant-2", "vibration", true, NOON);
    driver().report("plant-1", "pump", true, NOON);
    driver().pipe("plant-1", 4, 50, NOON);
    assertThat(driver().count()).isEqualTo(10);

    driver().report("plant-1", "vibration", true, NOON);
    Instant muchLater = NOON.plus(DriftingStreams.BELIEVED).plus(Duration.ofHours(1));
    driver().pipe("plant-1", 4, 50, muchLater);
    assertThat(driver().count()).isEqualTo(10);
  }

  @Test
  void shouldKeepTheBytesOfTheHour() {
    start(Map.of("select.per-hour.bytes", Integer.toString(3 * BYTES + BYTES / 2)));
    driver().pipe("plant-1", 4, 10, NOON);
    assertThat(driver().count()).isEqualTo(3);
    assertThat(driver().refused("hour_bytes")).isEqualTo(7);
  }

  @Test
  void shouldKeepTheRecordsAndBytesOfTheDay() {
    start(Map.of("select.per-hour.records", "10", "select.per-day.records", "25"));
    for (int hour = 0; hour < 6; hour++) {
      driver().pipe("plant-1", 2, 20, NOON.plus(Duration.ofHours(hour)));
    }
    assertThat(driver().count()).isEqualTo(25);
    driver().pipe("plant-1", 2, 20, NOON.plus(Duration.ofDays(1)));
    assertThat(driver().count()).isEqualTo(10);
  }

  @Test
  void shouldKeepOneDeviceFromEatingTheHour() {
    start(Map.of("select.per-hour.records", "10", "select.device-share", "0.3"));
    driver().pipe("plant-1", 1, 50, NOON);
    assertThat(driver().count()).isEqualTo(3);
    assertThat(driver().refused("device_share")).isEqualTo(47);
    driver().pipe("plant-1", 4, 50, NOON);
    assertThat(driver().count()).isEqualTo(7);
  }

  @Test
  void shouldKeepOneClassFromEatingTheHour() {
    start(Map.of("select.per-hour.records", "10", "select.class-share", "0.4"));
    driver().pipe("plant-1", 4, 50, NOON);
    assertThat(driver().count()).isEqualTo(4);
    assertThat(driver().refused("class_share")).isEqualTo(46);
    for (int i = 0; i < 20; i++) {
      driver().pipe(SomeSamples.of("plant-1", "pump-9").label("unbalance").noise(500 + i), NOON);
    }
    assertThat(driver().count()).isEqualTo(4);
  }

  @Test
  void shouldGiveEachSiteABudgetOfItsOwn() {
    start(Map.of("select.per-hour.records", "4"));
    driver().pipe("plant-1", 4, 10, NOON);
    driver().pipe("plant-2", 4, 10, NOON);
    assertThat(driver().count()).isEqualTo(8);
  }

  @Test
  void shouldCountLateCandidatesInTheHourThatTheyBelongTo() {
    start(Map.of("select.per-hour.records", "4"));
    driver().pipe("plant-1", 4, 2, NOON);
    driver().pipe("plant-1", 4, 10, NOON.plus(Duration.ofHours(1)));
    assertThat(driver().count()).isEqualTo(2 + 4);
    driver().pipe("plant-1", 4, 10, NOON.plusSeconds(1));
    assertThat(driver().count()).isEqualTo(2);
  }

  private void start(Map<String, String> overrides) {
    driver = new SelectDriver(stateDir, overrides);
  }

  private SelectDriver driver() {
    return Objects.requireNonNull(driver);
  }
}
