package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.KafkaSettings;
import dev.skerry.service.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
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

  /** Opens the sink, on the thread that runs the publication. */
  @FunctionalInterface
  private interface Destination {
    TelemetrySink open(StopSignal stop, Tally tally) throws InterruptedException;
  }

  private Publication(
      Iterator<Telemetry> source, Destination destination, Pacer pacer, Progress progress) {
    this.source = source;
    this.destination = destination;
    this.pacer = pacer;
    this.progress = progress;
    this.stop = new StopSignal();
    this.tally = new Tally();
  }

  /** Readings, to the topic {@code telemetry} of those brokers. */
  public static Publication toKafka(
      Iterator<Telemetry> source, KafkaSettings settings, Speed speed, Progress progress) {
    return new Publication(
        source, kafka(settings, List.of(Topics.TELEMETRY)), new Pacer(speed), progress);
  }

  /**
   * To the topics {@code telemetry} (readings) and {@code telemetry-frames} (frames), each record
   * when its event time has come.
   *
   * @param topics those of the two that the source needs
   */
  public static Publication liveToKafka(
      Iterator<Telemetry> source, List<Topic> topics, KafkaSettings settings, Progress progress) {
    Pacer pacer = Pacer.byWallClock(Instant.now(), System.nanoTime());
    return new Publication(source, kafka(settings, topics), pacer, progress);
  }

  /** To a new Avro container file, as fast as possible. */
  public static Publication toFile(Iterator<Telemetry> source, Path file, Progress progress) {
    return new Publication(
        source, (stop, tally) -> AvroFileSink.open(file, tally), new Pacer(Speed.MAX), progress);
  }

  /** Frames, to images in a new directory with their labels beside them. */
  public static Publication toImages(
      Iterator<Telemetry> source, Path directory, Progress progress) {
    return new Publication(
        source, (stop, tally) -> ImageSink.open(directory, tally), new Pacer(Speed.MAX), progress);
  }

  private static Destination kafka(KafkaSettings settings, List<Topic> topics) {
    return (stop, tally) -> {
      TopicCheck.await(settings, topics, stop);
      return KafkaSink.open(settings, stop, tally);
    };
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
    return new Published(tally.acknowledged(), tally.acknowledgedByDevice(), duration, whole);
  }
}
