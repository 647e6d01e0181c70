package dev.skerry.local.ledger;

import static dev.skerry.schemas.CompletenessVerdict.COMPLETE;
import static dev.skerry.schemas.CompletenessVerdict.DIFFERS;
import static dev.skerry.schemas.CompletenessVerdict.DOUBLED;
import static dev.skerry.schemas.CompletenessVerdict.MISSING;
import static dev.skerry.schemas.CompletenessVerdict.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:40:00Z");

  @Test
  void shouldSayUpToWhenAllIsComplete() {
    Verdicts verdicts =
        new Verdicts(
            List.of(
                window("aggregates", 0, COMPLETE, 0),
                window("aggregates", 1, COMPLETE, 0),
                window("aggregates", 2, PENDING, 0),
                window("drift", 0, COMPLETE, 0),
                window("drift", 1, COMPLETE, 0)));
    assertThat(verdicts.summary())
        .isEqualTo("complete up to 2026-03-01 10:42 UTC, 0 missing, 0 doubled");
    assertThat(verdicts.problems()).isEmpty();
  }

  @Test
  void shouldAddUpWhatIsWrong() {
    Verdicts verdicts =
        new Verdicts(
            List.of(
                window("aggregates", 0, COMPLETE, 0),
                window("aggregates", 1, MISSING, 3),
                window("aggregates", 2, MISSING, 4),
                window("drift", 0, COMPLETE, 0),
                window("drift", 1, DOUBLED, 2),
                window("drift", 2, DIFFERS, 0)));
    assertThat(verdicts.summary())
        .isEqualTo("complete up to 2026-03-01 10:41 UTC, 7 missing, 2 doubled, 1 min differ");
    assertThat(verdicts.problems()).hasSize(4);
    assertThat(LedgerText.minutes(verdicts.problems()).lines())
        .hasSize(5)
        .anyMatch(line -> line.matches("site-a +aggregates +2026-03-01 10:41 +MISSING 3 .*"));
    assertThat(LedgerText.hours(verdicts).lines())
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.matches("site-a +drift +.* 30 +1 doubled, 1 differs, 1 complete"));
  }

  @Test
  void shouldSayWhenThereIsNothing() {
    assertThat(new Verdicts(List.of()).summary()).isEqualTo("no minute is judged yet");
  }

  private static Completeness window(
      String topic, int minute, CompletenessVerdict verdict, long difference) {
    Instant start = BEGIN.plus(Duration.ofMinutes(minute));
    return Completeness.newBuilder()
        .setSiteId("site-a")
        .setTopic(topic)
        .setWindowStart(start)
        .setWindowEnd(start.plus(Duration.ofMinutes(1)))
        .setVerdict(verdict)
        .setDifference(difference)
        .setEdgeCount(10L)
        .setCloudCount(10)
        .setEdgeHashSum(1L)
        .setCloudHashSum(1)
        .setJudgedAt(start)
        .build();
  }
}
