package dev.skerry.console.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Figures FIGURES =
      Figures.parse(
          """
          # HELP skerry_link_up Whether the cloud's broker answers
          # TYPE skerry_link_up gauge
          skerry_link_up 1.0
          skerry_link_backlog_records{flow="bulk",topic="retraining-samples"} 12.0
          skerry_link_backlog_records{flow="urgent",topic="aggregates"} 3.0
          skerry_odd{name="a \\"quoted\\" word, and {braces}"} NaN
          skerry_late_seconds +Inf
          kafka_consumer_fetch_total 9.0
          skerry_broken{ no number
          """);

  @Test
  void shouldAddUpWhatHasOneName() {
    assertThat(FIGURES.sum("skerry_link_backlog_records")).isEqualTo(15);
    assertThat(FIGURES.sum("skerry_nothing")).isZero();
    assertThat(FIGURES.sum("skerry_odd")).as("NaN is no figure").isZero();
    assertThat(FIGURES.sum("skerry_late_seconds")).as("neither is infinity").isZero();
  }

  @Test
  void shouldTellLabelsApart() {
    assertThat(FIGURES.of("skerry_link_backlog_records"))
        .extracting(sample -> sample.label("topic"))
        .containsExactly("retraining-samples", "aggregates");
    assertThat(FIGURES.of("skerry_odd").get(0).label("name"))
        .isEqualTo("a \"quoted\" word, and {braces}");
    assertThat(FIGURES.of("skerry_odd").get(0).label("other")).isEmpty();
  }

  @Test
  void shouldLeaveOutWhatIsNotOfSkerry() {
    assertThat(FIGURES.has("kafka_consumer_fetch_total")).isFalse();
    assertThat(FIGURES.has("skerry_broken")).isFalse();
    assertThat(FIGURES.has("skerry_link_up")).isTrue();
  }
}
