package dev.skerry.service.streams;

import dev.skerry.service.KafkaSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

  private final Admin admin;
  private final GroupLag group;
  private final Clock clock = Clock.systemUTC();
  private final ProgressLog progress = new ProgressLog(clock.millis());
  private final CountDownLatch closed = new CountDownLatch(1);

  private ReadProgress(Admin admin, GroupLag group) {
    this.admin = admin;
    this.group = group;
  }

  /** For the application of that name; asks nothing before it runs. */
  public static ReadProgress of(String applicationId, KafkaSettings kafka) {
    Admin admin = Admin.create(kafka.admin(Map.of()));
    return new ReadProgress(admin, new GroupLag(admin, applicationId));
  }

  void start(Set<String> topics) {
    Thread reader = new Thread(() -> readUntilClosed(topics), "read-progress");
    reader.setDaemon(true);
    reader.start();
  }

  /** Whether everything was processed a moment ago; false also where the broker does not say. */
  public boolean isFullyRead() {
    return progress.lagRecords(clock.millis()).equals(OptionalLong.of(0));
  }

  /** Records that are not processed yet; NaN where the broker does not say. */
  double lagForMetrics() {
    OptionalLong lag = progress.lagRecords(clock.millis());
    return lag.isPresent() ? (double) lag.getAsLong() : Double.NaN;
  }

  /** Says so where there is something to read and nothing was committed for a long time. */
  Optional<String> stalled() {
    return progress.stalled(clock.millis());
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
      progress.add(group.read(topics), clock.millis());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      // What is known grows stale and says so by itself: a broker that is away is not our end.
      log.debug("The progress of {} cannot be read", group, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    admin.close(Duration.ofSeconds(1));
  }
}
