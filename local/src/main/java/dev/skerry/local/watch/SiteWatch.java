package dev.skerry.local.watch;

import dev.skerry.local.audit.RecordFilter;
import dev.skerry.local.audit.RunStart;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a run as a reader of its own that sees only what was committed, and says once a second
 * what it has seen. Any thread may ask for the {@link #latest} snapshot.
 */
public final class SiteWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SiteWatch.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CATCH_UP = Duration.ofSeconds(10);
  private static final long PERIOD_MILLIS = 1_000;

  private final Broker edge;
  private final Optional<Cloud> cloud;
  private final RunStart start;
  private final Clock clock;
  private final Listener listener;
  private final AvroDecoder<Detection> detections = new AvroDecoder<>(Detection.class);
  private final AvroDecoder<DeadLetter> deadLetters = new AvroDecoder<>(DeadLetter.class);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Snapshot latest;
  private Tally tally = new Tally();

  /** Is told what happened since the snapshot before. Called by the watch's own thread. */
  @FunctionalInterface
  public interface Listener {
    /** Takes two snapshots that are about a second apart. */
    void watched(Snapshot before, Snapshot now);
  }

  /**
   * The cloud as the site sees it.
   *
   * @param broker where it is reached
   * @param own takes what the site wrote, where others share the cloud; it is used by the watch's
   *     own thread
   */
  public record Cloud(Broker broker, RecordFilter own) {}

  private SiteWatch(
      Broker edge, Optional<Cloud> cloud, RunStart start, Clock clock, Listener listener) {
    this.edge = edge;
    this.cloud = cloud;
    this.start = start;
    this.clock = clock;
    this.listener = listener;
    this.latest = Snapshot.empty(clock.millis());
    this.thread = new Thread(this::watch, "site-watch");
  }

  /** Starts to follow a run; its brokers must answer and have their topics. */
  public static SiteWatch start(
      Broker edge, Optional<Cloud> cloud, RunStart start, Clock clock, Listener listener) {
    SiteWatch watch = new SiteWatch(edge, cloud, start, clock, listener);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** The newest snapshot, at most about a second old while the brokers answer. */
  public Snapshot latest() {
    return latest;
  }

  /** The first snapshot with so many detections, or what was seen when patience ended. */
  public Snapshot afterDetections(long detections) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + CATCH_UP.toNanos();
    while (latest().detections() < detections && System.nanoTime() < deadlineNanos) {
      stop.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    return latest();
  }

  private void watch() {
    while (stop.getCount() > 0) {
      try (TopicReader edgeReader = new TopicReader(edge);
          CloudCount inTheCloud = cloudCount()) {
        follow(edgeReader, inTheCloud);
      } catch (KafkaException e) {
        // A broker was away for longer than a client waits.
        log.warn("The watch starts anew: {}", e.getMessage());
      }
    }
  }

  private CloudCount cloudCount() {
    return cloud.isPresent() ? new CloudCount.Reading(cloud.get()) : new CloudCount.Nothing();
  }

  private void follow(TopicReader edgeReader, CloudCount inTheCloud) {
    tally = new Tally(); // Reads from the start of the run, the first time and any other.
    List<String> mirrored =
        cloud.isEmpty()
            ? List.of()
            : Topics.mirroredFrom(Side.EDGE).stream().map(Topic::name).toList();
    Map<TopicPartition, Long> from = new HashMap<>(start.answers());
    // What is mirrored is counted whole, as it is in the cloud.
    from.putAll(edgeReader.beginnings(edgeReader.partitions(mirrored)));
    edgeReader.startAt(from);
    long nextMillis = clock.millis() + PERIOD_MILLIS;
    while (stop.getCount() > 0) {
      edgeReader.poll(POLL, this::count);
      inTheCloud.poll(tally::inTheCloud);
      if (clock.millis() >= nextMillis) {
        nextMillis = clock.millis() + PERIOD_MILLIS;
        countTelemetry(edgeReader);
        publish();
      }
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.DETECTIONS.name())) {
      if (detections.decode(record.value()) instanceof Decoded.Value<Detection> detection) {
        tally.detection(detection.value(), clock.millis());
      }
    } else if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
      if (deadLetters.decode(record.value()) instanceof Decoded.Value<DeadLetter> letter) {
        tally.deadLetter(letter.value());
      }
    } else {
      tally.atTheEdge(record.topic());
      countOverflow(record);
    }
  }

  private void countOverflow(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    if (record.topic().equals(Topics.TELEMETRY_OVERFLOW.name())
        && record.offset() >= start.answers().getOrDefault(partition, 0L)) {
      tally.overflow();
    }
  }

  /** By offsets, so that a large payload is not read a second time only to be counted. */
  private void countTelemetry(TopicReader reader) {
    Map<TopicPartition, Long> ends = reader.ends(start.telemetry().keySet());
    long records = 0;
    long frames = 0;
    for (Map.Entry<TopicPartition, Long> first : start.telemetry().entrySet()) {
      TopicPartition partition = first.getKey();
      long came = ends.getOrDefault(partition, first.getValue()) - first.getValue();
      records += came;
      frames += partition.topic().equals(Topics.TELEMETRY_FRAMES.name()) ? came : 0;
    }
    tally.telemetry(records, frames);
  }

  private void publish() {
    Snapshot now = tally.snapshot(clock.millis());
    Snapshot before = latest;
    latest = now;
    listener.watched(before, now);
  }

  /** Stops to follow. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
