package dev.skerry.local.mirror;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.mirror.MirrorMaker;
import org.apache.kafka.connect.mirror.MirrorSourceConnector;
import org.apache.kafka.connect.mirror.SourceAndTarget;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one MirrorMaker 2 at work on a {@link MirrorFlow}: waits for both brokers, starts it, and
 * builds a new one when a task has failed, because in dedicated mode a failed task stays failed.
 * {@link #run} belongs to one thread; {@link #stop} may be called from any.
 */
public final class Mirror {

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CONFIGURED_WITHIN = Duration.ofMinutes(2);
  private static final String FAILED = "FAILED";

  private final MirrorFlow flow;
  private final SourceAndTarget direction;
  private final CountDownLatch stop = new CountDownLatch(1);

  public Mirror(MirrorFlow flow) {
    this.flow = flow;
    this.direction = new SourceAndTarget(flow.alias(), MirrorFlow.CLOUD_ALIAS);
  }

  /** Mirrors until {@link #stop} is called, or throws why it cannot go on. */
  public void run() throws InterruptedException {
    // MirrorMaker replaces the context class loader of the thread that builds it.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      while (awaitBrokers()) {
        mirrorUntilATaskFails();
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Asks {@link #run} to return soon. */
  public void stop() {
    stop.countDown();
  }

  private void mirrorUntilATaskFails() throws InterruptedException {
    MirrorMaker mirrorMaker = new MirrorMaker(flow.mirrorMakerSettings());
    try {
      mirrorMaker.start();
      log.info("Mirroring {} from {} to {}", topicNames(), flow.edge(), flow.cloud());
      long unknownSinceNanos = System.nanoTime();
      while (!stopRequestedWithin(WATCH_INTERVAL)) {
        Optional<ConnectorStateInfo> status = status(mirrorMaker);
        if (status.isPresent()) {
          unknownSinceNanos = System.nanoTime();
        }
        Optional<String> failure =
            System.nanoTime() - unknownSinceNanos > CONFIGURED_WITHIN.toNanos()
                ? Optional.of("its connector was not configured; see the errors above")
                : status.flatMap(Mirror::failure);
        if (failure.isPresent()) {
          log.warn("A task of the mirror failed; starting it anew: {}", failure.get());
          return;
        }
      }
    } finally {
      mirrorMaker.stop();
    }
  }

  private String topicNames() {
    return String.join(", ", flow.topics().stream().map(topic -> topic.name()).toList());
  }

  /** Empty until the herder knows its connector, which takes a moment. */
  private Optional<ConnectorStateInfo> status(MirrorMaker mirrorMaker) {
    try {
      return Optional.of(
          mirrorMaker.connectorStatus(direction, MirrorSourceConnector.class.getSimpleName()));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> failure(ConnectorStateInfo status) {
    if (status.connector().state().equals(FAILED)) {
      return Optional.of(firstLine(status.connector().trace()));
    }
    return status.tasks().stream()
        .filter(task -> task.state().equals(FAILED))
        .findFirst()
        .map(task -> firstLine(task.trace()));
  }

  private static String firstLine(String trace) {
    return trace.lines().findFirst().orElse("no trace");
  }

  /**
   * Waits for both brokers, because MirrorMaker's constructor gives up after a minute and leaves
   * threads behind. Returns false when asked to stop meanwhile.
   */
  private boolean awaitBrokers() throws InterruptedException {
    boolean reported = false;
    while (stop.getCount() > 0) {
      Optional<String> missing = missingBroker();
      if (missing.isEmpty()) {
        return true;
      }
      if (!reported) {
        log.warn("The mirror waits for the broker at {}", missing.get());
        reported = true;
      }
      stopRequestedWithin(WATCH_INTERVAL);
    }
    return false;
  }

  private Optional<String> missingBroker() throws InterruptedException {
    if (!answers(flow.edge())) {
      return Optional.of(flow.edge());
    }
    return answers(flow.cloud()) ? Optional.empty() : Optional.of(flow.cloud());
  }

  private static boolean answers(String bootstrapServers) throws InterruptedException {
    int timeoutMillis = (int) PROBE_TIMEOUT.toMillis();
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "request.timeout.ms", timeoutMillis,
            "default.api.timeout.ms", timeoutMillis);
    try (Admin admin = Admin.create(config)) {
      return !admin.describeCluster().nodes().get().isEmpty();
    } catch (ExecutionException e) {
      log.debug("{} does not answer", bootstrapServers, e);
      return false;
    }
  }

  private boolean stopRequestedWithin(Duration patience) throws InterruptedException {
    return stop.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
