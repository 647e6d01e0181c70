package dev.skerry.inference.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private long nowNanos = 1;
  private final Progress progress = new Progress(Duration.ofSeconds(60), () -> nowNanos);

  @Test
  void shouldBeFineWhileIdle() {
    pass(Duration.ofDays(1));
    assertThat(progress.problem()).isEmpty();
  }

  @Test
  void shouldComplainAboutRecordsThatStayPolledAndNotCommitted() {
    progress.polled();
    pass(Duration.ofSeconds(60));
    assertThat(progress.problem()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(progress.problem()).contains("records were polled 61 s ago and are not committed");
  }

  @Test
  void shouldNotTakeAnAbortForProgress() {
    progress.polled();
    pass(Duration.ofSeconds(40));
    progress.polled();
    pass(Duration.ofSeconds(40));
    assertThat(progress.problem()).isPresent();
  }

  @Test
  void shouldBeFineAgainAfterTheCommit() {
    progress.polled();
    pass(Duration.ofSeconds(100));
    progress.committed();
    assertThat(progress.problem()).isEmpty();
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }
}
