package dev.skerry.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpentSamplesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:41:00Z");

  private static final String SELECTION =
      """
      {"at":"2026-03-01T10:40:59.5Z","sites":{"local":{
        "minute":{"records":0,"recordsLimit":120},
        "hour":{"records":1200,"recordsLimit":1200},
        "day":{"records":2300,"recordsLimit":20000},
        "decisions":{
          "2026-03-01T09:00:00Z":{"surface":{"hour_records":5}},
          "2026-03-01T10:00:00Z":{
            "surface":{"selected":7},"vibration":{"selected":1193,"%s":40}}}}}}
      """;

  @Test
  void shouldSayThatTheHourIsSpentAndWhenTheNextBegins() {
    assertThat(SpentSamples.in(SELECTION.formatted("hour_records"), "vibration", NOW))
        .hasValueSatisfying(
            spent -> {
              assertThat(spent.describe())
                  .isEqualTo("the hour's 1,200 samples are spent, more from 2026-03-01 11:00 UTC");
              assertThat(spent.brief()).isEqualTo("none before 11:00 UTC");
            });
    assertThat(SpentSamples.in(SELECTION.formatted("hour_bytes"), "vibration", NOW)).isPresent();
  }

  @Test
  void shouldSayThatTheDayIsSpent() {
    assertThat(SpentSamples.in(SELECTION.formatted("day_bytes"), "vibration", NOW))
        .contains(new SpentSamples(2_300, "day", Instant.parse("2026-03-02T00:00:00Z")));
  }

  @Test
  void shouldSayNothingWhereSamplesComeOrTheNextHourHasBegun() {
    String spent = SELECTION.formatted("hour_records");
    assertThat(SpentSamples.in(spent, "surface", NOW)).as("spent an hour ago").isEmpty();
    assertThat(SpentSamples.in(spent, "vibration", Instant.parse("2026-03-01T11:00:00Z")))
        .isEmpty();
    assertThat(SpentSamples.in(SELECTION.formatted("minute_records"), "vibration", NOW)).isEmpty();
    assertThat(SpentSamples.in("{\"at\":\"2026-03-01T10:40:00Z\",\"sites\":{}}", "vibration", NOW))
        .isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNoAnswerOfASelection() {
    assertThatThrownBy(() -> SpentSamples.in("<html>", "vibration", NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
