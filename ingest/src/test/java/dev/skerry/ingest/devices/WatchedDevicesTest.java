package dev.skerry.ingest.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.ingest.auth.TokenHash;
import dev.skerry.ingest.intake.RefusalReason;
import dev.skerry.ingest.intake.Rules.Violation;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedDevicesTest {

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String FILE =
      """
      # Two pumps and whatever else is a fan.
      streams:
        pump: {channels: 2, steps: 3, sampleRateHz: 10, min: -5, max: 5, behind: P1D, ahead: PT1M}
        fan: {}
      devices:
        pump-7:
          streams: [pump]
          tokens: ["sha256:%s"]
        pump-8: {disabled: true}
        "fan-*": {streams: [fan]}
      """
          .formatted(TokenHash.of("secret").hex());

  @TempDir Path dir;

  @Test
  void shouldPassWhatIsWithinTheRules() throws IOException {
    assertThat(check(open(FILE, Strictness.ENFORCE), pump("pump-7"))).isEmpty();
    assertThat(open(FILE, Strictness.ENFORCE).deviceOf(TokenHash.of("secret"))).contains("pump-7");
    assertThat(open(FILE, Strictness.ENFORCE).deviceOf(TokenHash.of("Secret"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pump-9, pump, 2, 3, 10, 1, 0, UNKNOWN_DEVICE, deviceId",
    "pump-8, pump, 2, 3, 10, 1, 0, UNKNOWN_DEVICE, deviceId",
    "pump-7, fan, 2, 3, 10, 1, 0, UNKNOWN_STREAM, stream",
    "fan-12, pump, 2, 3, 10, 1, 0, UNKNOWN_STREAM, stream",
    "pump-7, pump, 1, 3, 10, 1, 0, WRONG_SHAPE, readings.channels",
    "pump-7, pump, 2, 4, 10, 1, 0, WRONG_SHAPE, readings.steps",
    "pump-7, pump, 2, 3, 11, 1, 0, WRONG_RATE, readings.sampleRateHz",
    "pump-7, pump, 2, 3, 10, 6, 0, OUT_OF_RANGE, readings.values[0]",
    "pump-7, pump, 2, 3, 10, 1, 61, CLOCK_SKEW, eventTime",
    "pump-7, pump, 2, 3, 10, 1, -86401, CLOCK_SKEW, eventTime"
  })
  void shouldNameTheReasonAndTheField(
      String device,
      String stream,
      int channels,
      int steps,
      float rate,
      float value,
      long secondsAhead,
      RefusalReason reason,
      String field)
      throws IOException {
    Telemetry telemetry =
        telemetry(device, stream, channels, steps, rate, value, NOW.plusSeconds(secondsAhead));
    Violation violation = check(open(FILE, Strictness.ENFORCE), telemetry).orElseThrow();
    assertThat(violation.finding().reason()).isEqualTo(reason);
    assertThat(violation.finding().field()).isEqualTo(field);
    assertThat(violation.enforced()).isTrue();
  }

  @Test
  void shouldOnlyCountWhereItIsToldToWarn() throws IOException {
    Telemetry unknown = pump("pump-9");
    assertThat(check(open(FILE, Strictness.WARN), unknown).orElseThrow().enforced()).isFalse();
    assertThat(check(open(FILE, Strictness.OFF), unknown)).isEmpty();
    assertThat(check(open(FILE, Strictness.OFF), pump("pump-8")).orElseThrow().enforced()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "devices: {a: {token: [x]}}          | line 1: devices.a.token: is unknown",
        "streams: {a: {channels: 0}}         | line 1: streams.a.channels: must be a whole number",
        "streams: {a: {behind: soon}}        | line 1: streams.a.behind: must be a duration",
        "devices: {'*-a': {}}                | may have a * at the end",
        "devices: {a: {tokens: [plain]}}     | devices.a.tokens: a token's hash is sha256:",
        "devices: {a: {}, a: {}}             | a",
        "devices: [a]                        | line 1: devices: must be fields",
        "unknownDevices: perhaps             | must be admit or refuse",
        "colour: red                         | line 1: colour: is unknown"
      })
  void shouldSayWhereTheFileIsWrong(String text, String message) {
    assertThatThrownBy(() -> open(text, Strictness.ENFORCE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("devices.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void shouldReadTheFileAgainWhenItChangesAndKeepTheOldOneWhereTheNewIsWrong() throws IOException {
    WatchedDevices devices = open(FILE, Strictness.ENFORCE);
    write(FILE.replace("pump-7", "pump-77"));
    devices.refresh();
    assertThat(check(devices, pump("pump-7"))).isPresent();
    assertThat(check(devices, pump("pump-77"))).isEmpty();
    write("devices: nonsense, and longer than what was there before, so that it is noticed");
    devices.refresh();
    assertThat(devices.problem()).hasValueSatisfying(why -> assertThat(why).contains("line 1"));
    assertThat(check(devices, pump("pump-77"))).isEmpty();
    write(FILE);
    devices.refresh();
    assertThat(devices.problem()).isEmpty();
    assertThat(check(devices, pump("pump-7"))).isEmpty();
  }

  @Test
  void shouldTakeJsonToo() throws IOException {
    WatchedDevices devices =
        open("{\"unknownDevices\": \"admit\", \"streams\": {\"pump\": {}}}", Strictness.ENFORCE);
    assertThat(check(devices, pump("anybody"))).isEmpty();
  }

  private WatchedDevices open(String text, Strictness strictness) throws IOException {
    return WatchedDevices.open(Optional.of(write(text)), strictness);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("devices.yaml"), text);
  }

  private static Optional<Violation> check(WatchedDevices devices, Telemetry telemetry) {
    return devices.check(telemetry, NOW);
  }

  private static Telemetry pump(String device) {
    return telemetry(device, "pump", 2, 3, 10, 1, NOW);
  }

  private static Telemetry telemetry(
      String device,
      String stream,
      int channels,
      int steps,
      float rate,
      float value,
      Instant eventTime) {
    return Telemetry.newBuilder()
        .setDeviceId(device)
        .setSiteId("north")
        .setStream(stream)
        .setEventTime(eventTime)
        .setSequence(1)
        .setPayload(
            Readings.newBuilder()
                .setChannels(channels)
                .setSteps(steps)
                .setSampleRateHz(rate)
                .setValues(Collections.nCopies(channels * steps, value))
                .build())
        .build();
  }
}
