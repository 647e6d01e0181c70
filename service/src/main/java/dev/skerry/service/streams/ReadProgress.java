package dev.skerry.service.streams;

import dev.skerry.service.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far an application has read what all its instances read, asked from the broker once a second:
 * the group's committed offsets against the last stable offsets of its inputs and repartition
 * topics. Thread-safe.
 */
public final class ReadProgress implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReadProgress.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final Admin admin;
  private final GroupLag group;
  private final Clock clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile Sample last;

  /**
   * What was found at one time.
   *
   * @param atMillis when; {@link Long#MIN_VALUE} where the broker never answered yet
   * @param lagRecords how many records are not processed yet
   * @param committed sum of the committed offsets
   * @param movedAtMillis when the committed offsets last moved or there was nothing to read
   */
  private record Sample(long atMillis, long lagRecords, long committed, long movedAtMillis) {}

  private ReadProgress(Admin admin, GroupLag group, Clock clock) {
    this.admin = admin;
    this.group = group;
    this.clock = clock;
    this.last = new Sample(Long.MIN_VALUE, 0, 0, clock.millis());
  }

  /** For the application of that name; asks nothing before it runs. */
  public static ReadProgress of(String applicationId, KafkaSettings kafka) {
    Admin admin = Admin.create(kafka.admin(Map.of()));
    return new ReadProgress(admin, new GroupLag(admin, applicationId), Clock.systemUTC());
  }

  void start(Set<String> topics) {
    Thread reader = new Thread(() -> readUntilClosed(topics), "read-progress");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether everything was processed a moment ago; false also where the broker does not say. */
  public boolean isFullyRead() {
    Sample sample = last;
    return isFresh(sample) && sample.lagRecords() == 0;
  }

  /** Records that are not processed yet; NaN where the broker does not say. */
  double lagForMetrics() {
    Sample sample = last;
    return isFresh(sample) ? sample.lagRecords() : Double.NaN;
  }

  /** Says so where there is something to read and nothing was committed for a long time. */
  Optional<String> stalled() {
    Sample sample = last;
    long stillMillis = sample.atMillis() - sample.movedAtMillis();
    return isFresh(sample) && stillMillis > STALLED_AFTER.toMillis()
        ? Optional.of(
            "nothing was committed for %d s, and %d records wait"
                .formatted(stillMillis / 1000, sample.lagRecords()))
        : Optional.empty();
  }

  private boolean isFresh(Sample sample) {
    return sample.atMillis() >= clock.millis() - STALE_AFTER.toMillis();
  }

  private void readUntilClosed(Set<String> topics) {
    try {
      do {
        read(topics);
      } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(Set<String> topics) throws InterruptedException {
    try {
      GroupLag.Snapshot found = group.read(topics);
      long now = clock.millis();
      Sample before = last;
      boolean moved = found.lagRecords() == 0 || found.committed() != before.committed();
      last =
          new Sample(
              now, found.lagRecords(), found.committed(), moved ? now : before.movedAtMillis());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      // The sample grows stale and says so by itself: a broker that is away is not our end.
      log.debug("The progress of {} cannot be read", group, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    admin.close(Duration.ofSeconds(1));
  }
}
