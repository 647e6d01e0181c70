package dev.skerry.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight(100);
  private final StopSignal stop = new StopSignal();

  @Test
  void shouldHoldBackWhatDoesNotFit() throws Exception {
    assertThat(inFlight.acquire(60, stop)).isTrue();
    CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> acquire(60));
    assertThat(second).isNotDone();
    inFlight.release(60);
    await().until(second::isDone);
    assertThat(second.get()).isTrue();
  }

  @Test
  void shouldLetARecordPassAloneThatIsLargerThanAllTheRoom() throws Exception {
    assertThat(inFlight.acquire(500, stop)).isTrue();
  }

  @Test
  void shouldGiveUpWaitingWhenStopped() throws Exception {
    assertThat(inFlight.acquire(60, stop)).isTrue();
    stop.request();
    assertThat(inFlight.acquire(60, stop)).isFalse();
    assertThat(inFlight.awaitNone(stop, 1_000_000)).isEqualTo(1);
  }

  @Test
  void shouldTellTheFirstFailureToWhoeverWaits() throws Exception {
    assertThat(inFlight.acquire(60, stop)).isTrue();
    inFlight.fail(new PublishException("first"));
    inFlight.fail(new PublishException("second"));
    assertThatThrownBy(() -> inFlight.acquire(60, stop)).hasMessage("first");
    assertThatThrownBy(() -> inFlight.awaitNone(stop, Long.MAX_VALUE)).hasMessage("first");
  }

  private boolean acquire(int bytes) {
    try {
      return inFlight.acquire(bytes, stop);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
