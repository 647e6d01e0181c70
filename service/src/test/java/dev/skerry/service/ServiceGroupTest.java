package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceGroupTest {

  /** Runs until it is stopped. */
  private static final class Patient implements Service {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public void run() throws InterruptedException {
      stopped.await();
      ended.set(true);
    }

    @Override
    public void stop() {
      stopped.countDown();
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  /** Fails at once. */
  private static final class Failing implements Service {
    @Override
    public void run() {
      throw new IllegalStateException("out of luck");
    }

    @Override
    public void stop() {
      // It has ended by itself.
    }
  }

  @Test
  void shouldStopAllAndGiveTheReasonWhenOneFails() {
    Patient patient = new Patient();
    ServiceGroup group = new ServiceGroup(List.of(patient, new Failing()));
    assertThatThrownBy(group::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("out of luck");
    assertThat(patient.ended).isTrue();
  }

  @Test
  void shouldEndCleanlyWhenToldToStop() throws Exception {
    Patient one = new Patient();
    Patient other = new Patient();
    ServiceGroup group = new ServiceGroup(List.of(one, other));
    group.stop();
    group.run();
    group.close();
    assertThat(List.of(one.ended.get(), other.ended.get())).containsOnly(true);
    assertThat(List.of(one.closed.get(), other.closed.get())).containsOnly(true);
  }

  @Test
  void shouldRefuseToBeEmpty() {
    assertThatThrownBy(() -> new ServiceGroup(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
