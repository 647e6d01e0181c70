package dev.skerry.service.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.service.streams.GroupLag.Snapshot;
import org.junit.jupiter.api.Test;

class ProgressLogTest {

  private static final long START = 1_000_000;

  private final ProgressLog progress = new ProgressLog(START);

  @Test
  void shouldKnowNothingBeforeTheBrokerAnswers() {
    assertThat(progress.lagRecords(START)).isEmpty();
    assertThat(progress.stalled(START)).isEmpty();
  }

  @Test
  void shouldForgetWhatIsStale() {
    progress.add(new Snapshot(0, 10), START);
    assertThat(progress.lagRecords(START + 4_999)).hasValue(0);
    assertThat(progress.lagRecords(START + 5_000)).isEmpty();
  }

  @Test
  void shouldBeStalledWhenRecordsWaitAndNothingIsCommitted() {
    progress.add(new Snapshot(7, 10), START);
    progress.add(new Snapshot(7, 10), START + 59_999);
    assertThat(progress.stalled(START + 59_999)).isEmpty();
    progress.add(new Snapshot(8, 10), START + 61_000);
    assertThat(progress.stalled(START + 61_000))
        .hasValue("nothing was committed for 61 s, and 8 records wait");
  }

  @Test
  void shouldNotBeStalledWhileItCommitsOrHasNothingToRead() {
    for (int second = 0; second < 300; second++) {
      progress.add(new Snapshot(7, second / 30), START + 1_000L * second);
      assertThat(progress.stalled(START + 1_000L * second)).isEmpty();
    }
    for (int second = 300; second < 600; second++) {
      progress.add(new Snapshot(0, 10), START + 1_000L * second);
      assertThat(progress.stalled(START + 1_000L * second)).isEmpty();
    }
  }
}
