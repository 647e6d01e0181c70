package dev.skerry.local.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorType;
import org.junit.jupiter.api.Test;

class ConnectorHealthTest {

  private static final long START = 1_000_000_000L;

  private final ConnectorHealth health = new ConnectorHealth(START);

  @Test
  void shouldTakeAFailureAtTheVeryStartForThatOfTheOneBefore() {
    assertThat(problemAfter(1, task("FAILED", "old\nat x"))).isEmpty();
    assertThat(problemAfter(2, task("RUNNING", ""))).isEmpty();
    assertThat(health.isRunning()).isTrue();
    assertThat(problemAfter(3, task("FAILED", "new\nat y"))).contains("new");
    assertThat(health.isRunning()).isFalse();
  }

  @Test
  void shouldBelieveAFailureThatStays() {
    assertThat(problemAfter(29, task("FAILED", "stays"))).isEmpty();
    assertThat(problemAfter(31, task("FAILED", "stays"))).contains("stays");
  }

  @Test
  void shouldSeeAConnectorThatFailsItself() {
    problemAfter(1, task("RUNNING", ""));
    assertThat(problemAfter(2, connector("FAILED", "refused"))).contains("refused");
  }

  @Test
  void shouldGiveUpOnAConnectorThatNeverComes() {
    assertThat(health.problem(Optional.empty(), START + seconds(119))).isEmpty();
    assertThat(health.problem(Optional.empty(), START + seconds(121)))
        .hasValueSatisfying(problem -> assertThat(problem).contains("not configured"));
  }

  private Optional<String> problemAfter(long afterSeconds, ConnectorStateInfo status) {
    return health.problem(Optional.of(status), START + seconds(afterSeconds));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static ConnectorStateInfo task(String state, String trace) {
    return new ConnectorStateInfo(
        "c",
        new ConnectorStateInfo.ConnectorState("RUNNING", "worker", "", null),
        List.of(new ConnectorStateInfo.TaskState(0, state, "worker", trace, null)),
        ConnectorType.SOURCE);
  }

  private static ConnectorStateInfo connector(String state, String trace) {
    return new ConnectorStateInfo(
        "c",
        new ConnectorStateInfo.ConnectorState(state, "worker", trace, null),
        List.of(),
        ConnectorType.SOURCE);
  }
}
