package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;
import dev.skerry.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Reads telemetry from an iterator, waits until each record is due, and delivers it. {@link #run}
 * ends when the source does, when it is asked to stop, or with the reason why it cannot go on; in
 * each case what was taken is delivered first where it can be, and {@link #published} says what
 * was.
 */
public final class Publication implements Service {

  /** The longest wait without a look at the progress. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Iterator<Telemetry> source;
  private final Destination destination;
  private final Pacer pacer;
  private final Progress progress;
  private final StopSignal stop;
  private final Tally tally;
  private volatile Duration duration = Duration.ZERO;
  private volatile boolean started;
  private volatile boolean whole;

  private Publication(
      Iterator<Telemetry> source, Destination destination, Pacer pacer, Progress progress) {
    this.source = source;
    this.destination = destination;
    this.pacer = pacer;
    this.progress = progress;
    this.stop = new StopSignal();
    this.tally = new Tally();
  }

  /** Each record so long after the first one as its event time is, at that speed. */
  public static Publication atSpeed(
      Iterator<Telemetry> source, Destination destination, Speed speed, Progress progress) {
    return new Publication(source, destination, new Pacer(speed), progress);
  }

  /** As fast as possible. */
  public static Publication atOnce(
      Iterator<Telemetry> source, Destination destination, Progress progress) {
    return atSpeed(source, destination, Speed.MAX, progress);
  }

  /** Each record when its event time has come. */
  public static Publication live(
      Iterator<Telemetry> source, Destination destination, Progress progress) {
    Pacer pacer = Pacer.byWallClock(Instant.now(), System.nanoTime());
    return new Publication(source, destination, pacer, progress);
  }

  @Override
  public void run() throws InterruptedException {
    try (TelemetrySink sink = destination.open(stop, tally)) {
      started = true;
      long start = System.nanoTime();
      try {
        deliver(sink);
      } finally {
        duration = Duration.ofNanos(System.nanoTime() - start);
        progress.end();
      }
    }
  }

  private void deliver(TelemetrySink sink) throws InterruptedException {
    boolean sourceEnded = false;
    try {
      sourceEnded = publishAll(sink);
    } catch (PublishException e) {
      throw e;
    } catch (RuntimeException e) {
      finishAfter(e, sink);
      throw e;
    }
    sink.finish(sourceEnded);
    whole = sourceEnded;
  }

  /** Returns whether the source was read to its end. */
  private boolean publishAll(TelemetrySink sink) throws InterruptedException {
    while (!stop.isRequested()) {
      if (!source.hasNext()) {
        return true;
      }
      Telemetry telemetry = source.next();
      if (!awaitDue(telemetry) || !sink.put(telemetry)) {
        return false;
      }
      progress.at(tally.acknowledged());
    }
    return false;
  }

  private boolean awaitDue(Telemetry telemetry) throws InterruptedException {
    long delayNanos = pacer.delayNanos(telemetry.getEventTime(), System.nanoTime());
    while (delayNanos > 0) {
      if (stop.await(Math.min(delayNanos, SLICE_NANOS))) {
        return false;
      }
      progress.at(tally.acknowledged());
      delayNanos = pacer.delayNanos(telemetry.getEventTime(), System.nanoTime());
    }
    return true;
  }

  /** What was sent before the source failed is still to be acknowledged and counted. */
  private static void finishAfter(RuntimeException reason, TelemetrySink sink)
      throws InterruptedException {
    try {
      sink.finish(/* whole= */ false);
    } catch (PublishException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void stop() {
    stop.request();
  }

  /** Whether the destination answered, so that records may have been delivered. Thread-safe. */
  public boolean hasStarted() {
    return started;
  }

  /** What was delivered so far; final after {@link #run}. Thread-safe. */
  public Published published() {
    return tally.published(duration, whole);
  }
}
