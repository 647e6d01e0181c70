package dev.skerry.local.mirror.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.local.mirror.backlog.RoomWarning.Finding;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** An outage of 72 h is meant to be survived: a quarter of it is 18 h. */
class RoomWarningTest {

  private final RoomWarning warning =
      new RoomWarning(Topics.RETRAINING_SAMPLES, Duration.ofDays(3));

  @Test
  void shouldWarnOnceBeforeRetentionOvertakesTheMirrorAndSayWhenThatIsOver() {
    assertThat(look(5, 19)).isEmpty();
    assertThat(look(6, 17))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.WARN);
              assertThat(finding.text())
                  .contains("retraining-samples", "PT17H", "oldest of its 6 waiting records");
            });
    assertThat(look(7, 2)).isEmpty();
    assertThat(look(0, 90)).extracting(Finding::level).containsExactly(Level.INFO);
    assertThat(look(1, 1)).extracting(Finding::level).containsExactly(Level.WARN);
  }

  @Test
  void shouldBeSilentWhileNothingWaitsHoweverLittleRoomThereIs() {
    assertThat(look(0, 1)).isEmpty();
  }

  @Test
  void shouldCallItAnErrorWhateverIsLostAndNameItsPlace() {
    assertThat(look(9, 90, new Overtaken.Loss(1, 400, 519), new Overtaken.Loss(3, 7, 7)))
        .extracting(Finding::level)
        .containsOnly(Level.ERROR)
        .hasSize(2);
    assertThat(look(9, 90, new Overtaken.Loss(1, 520, 520)))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.text())
                    .contains("1 offsets of retraining-samples", "520 to 520 of partition 1")
                    .contains("ledger"));
    assertThat(look(9, 90)).isEmpty();
  }

  @Test
  void shouldMeasureATopicThatIsKeptForLessThanTheOutageByItsOwnRetention() {
    RoomWarning perishable = new RoomWarning(Topics.TELEMETRY_OVERFLOW, Duration.ofDays(3));
    assertThat(perishable.check(seen(1, 7))).isEmpty();
    assertThat(perishable.check(seen(1, 5))).hasSize(1);
  }

  private List<Finding> look(long waiting, long roomHours, Overtaken.Loss... losses) {
    return warning.check(seen(waiting, roomHours, losses));
  }

  private static TopicBacklog.Look seen(long waiting, long roomHours, Overtaken.Loss... losses) {
    return new TopicBacklog.Look(
        waiting, waiting * 100, Duration.ofHours(1), Duration.ofHours(roomHours), List.of(losses));
  }
}
