package dev.skerry.bench.prove;

import dev.skerry.bench.mqtt.DeviceFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A fleet with the thread that drives it. */
final class RunningFleet implements AutoCloseable {

  private static final long LOOK_MILLIS = 20;

  private final DeviceFleet fleet;
  private final CompletableFuture<Void> end;

  RunningFleet(DeviceFleet fleet, double messagesPerSecond) {
    this.fleet = fleet;
    this.end = CompletableFuture.runAsync(() -> fleet.run(messagesPerSecond), RunningFleet::start);
  }

  private static void start(Runnable task) {
    new Thread(task, "devices").start();
  }

  DeviceFleet fleet() {
    return fleet;
  }

  /** Waits for something of the fleet's; throws where it takes too long. */
  void await(String what, Duration patience, BooleanSupplier holds) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!holds.getAsBoolean()) {
      if (end.isCompletedExceptionally()) {
        end.join();
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "%s: not within %s; %d are connected, %d messages are unacknowledged"
                .formatted(what, patience, fleet.connected(), fleet.unacknowledged()));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    fleet.stop();
    end.exceptionally(failure -> null).join();
    try {
      fleet.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
