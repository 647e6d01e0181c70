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
    assertThat(look(5, 19, 0)).isEmpty();
    assertThat(look(6, 17, 0))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.WARN);
              assertThat(finding.text())
                  .contains("retraining-samples", "PT17H", "oldest of its 6 waiting records");
            });
    assertThat(look(7, 2, 0)).isEmpty();
    assertThat(look(0, 90, 0)).extracting(Finding::level).containsExactly(Level.INFO);
    assertThat(look(1, 1, 0)).extracting(Finding::level).containsExactly(Level.WARN);
  }

  @Test
  void shouldBeSilentWhileNothingWaitsHoweverLittleRoomThereIs() {
    assertThat(look(0, 1, 0)).isEmpty();
  }

  @Test
  void shouldCallItAnErrorEachTimeMoreIsLost() {
    assertThat(look(9, 90, 120))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.ERROR);
              assertThat(finding.text()).contains("120 offsets of retraining-samples", "ledger");
            });
    assertThat(look(9, 90, 120)).isEmpty();
    assertThat(look(9, 90, 121)).extracting(Finding::level).containsExactly(Level.ERROR);
  }

  @Test
  void shouldMeasureATopicThatIsKeptForLessThanTheOutageByItsOwnRetention() {
    RoomWarning perishable = new RoomWarning(Topics.TELEMETRY_OVERFLOW, Duration.ofDays(3));
    assertThat(perishable.check(seen(1, 7, 0))).isEmpty();
    assertThat(perishable.check(seen(1, 5, 0))).hasSize(1);
  }

  private List<Finding> look(long waiting, long roomHours, long overtaken) {
    return warning.check(seen(waiting, roomHours, overtaken));
  }

  private static TopicBacklog.Look seen(long waiting, long roomHours, long overtaken) {
    return new TopicBacklog.Look(
        waiting, waiting * 100, Duration.ofHours(1), Duration.ofHours(roomHours), overtaken);
  }
}
