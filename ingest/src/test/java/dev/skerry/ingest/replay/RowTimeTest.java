package dev.skerry.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowTimeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2020-03-09 10:14:33,        iso,       2020-03-09T10:14:33Z",
    "2020-03-09 10:14,           iso,       2020-03-09T10:14:00Z",
    "2020-03-09T10:14:33.25,     iso,       2020-03-09T10:14:33.250Z",
    "2020-03-09T10:14:33Z,       iso,       2020-03-09T10:14:33Z",
    "2020-03-09 10:14:33+02:00,  iso,       2020-03-09T08:14:33Z",
    "2020-03-09,                 iso,       2020-03-09T00:00:00Z",
    "1583748873,                 epoch-s,   2020-03-09T10:14:33Z",
    "1583748873.5,               epoch-s,   2020-03-09T10:14:33.500Z",
    "1583748873250,              epoch-ms,  2020-03-09T10:14:33.250Z",
    "1583748873250000,           epoch-us,  2020-03-09T10:14:33.250Z",
    "1583748873250000000,        epoch-ns,  2020-03-09T10:14:33.250Z",
    "0,                          elapsed-s, 2026-01-01T00:00:00Z",
    "12.5,                       elapsed-s, 2026-01-01T00:00:12.500Z",
    "1.25e1,                     elapsed-s, 2026-01-01T00:00:12.500Z",
  })
  void shouldDetectTheFormat(String cell, String format, Instant expected) {
    RowTime time = RowTime.detect(cell, ZoneOffset.UTC, START);
    assertThat(time.name()).isEqualTo(format);
    assertThat(time.epochNanos(cell)).isEqualTo(RowTime.nanos(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "09.03.2020 10:14", "1-2", "-", "2020-13-09", "1e400"})
  void shouldRefuseWhatIsNoTime(String cell) {
    assertThatThrownBy(() -> RowTime.detect(cell, ZoneOffset.UTC, START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadAPatternInItsZone() {
    RowTime time = RowTime.named("dd.MM.yyyy HH:mm:ss", ZoneId.of("Europe/Oslo"), START);
    assertThat(time.epochNanos("09.07.2020 10:14:33"))
        .isEqualTo(RowTime.nanos(Instant.parse("2020-07-09T08:14:33Z")));
  }

  @Test
  void shouldExplainAFormatThatIsNone() {
    assertThatThrownBy(() -> RowTime.named("seconds!", ZoneOffset.UTC, START))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("--time-format seconds! is not iso, epoch-s,");
  }
}
