package dev.skerry.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody wants the site to stop. Thread-safe. */
final class StopRequest {

  private static final int INTERRUPTED = 130;

  private final CountDownLatch requested = new CountDownLatch(1);

  /** The first asks for an orderly stop; who asks again does not want to wait for it. */
  void request() {
    if (requested.getCount() == 0) {
      // The parts end by themselves when this process is gone.
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    requested.countDown();
  }

  boolean within(Duration patience) throws InterruptedException {
    return requested.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
