package dev.skerry.local.mirror;

import dev.skerry.service.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.mirror.MirrorCheckpointConnector;
import org.apache.kafka.connect.mirror.MirrorMaker;
import org.apache.kafka.connect.mirror.MirrorSourceConnector;
import org.apache.kafka.connect.mirror.SourceAndTarget;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one MirrorMaker 2 at work on a {@link MirrorFlow}: waits for both brokers, starts it, and
 * builds a new one when a task has failed, because in dedicated mode a failed task stays failed; at
 * once where it has worked, with longer and longer pauses where it has not. {@link #run} belongs to
 * one thread; {@link #stop} may be called from any.
 */
public final class Mirror implements Service {

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

  /** How long it takes its leave when asked to stop; brokers that answer need some six seconds. */
  private static final Duration LEAVE = Duration.ofSeconds(8);

  private final MirrorFlow flow;
  private final MirrorMetrics metrics;
  private final SourceAndTarget direction;
  private final CountDownLatch stop = new CountDownLatch(1);

  public Mirror(MirrorFlow flow, MeterRegistry registry) {
    this.flow = flow;
    this.metrics = new MirrorMetrics(flow, registry);
    this.direction = new SourceAndTarget(flow.source().alias(), flow.target().alias());
  }

  /** Mirrors until {@link #stop} is called, or throws why it cannot go on. */
  @Override
  public void run() throws InterruptedException {
    // MirrorMaker replaces the context class loader of the thread that builds it.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      BackOff backOff = new BackOff();
      while (awaitBrokers()) {
        Duration pause = backOff.after(mirrorUntilATaskFails());
        if (!pause.isZero() && !stopRequestedWithin(pause)) {
          log.info("The {} mirror is started anew after {}", flow.name(), pause);
        }
      }
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Override
  public void stop() {
    stop.countDown();
  }

  /** Returns whether it has worked at all. */
  private boolean mirrorUntilATaskFails() throws InterruptedException {
    if (!prepare()) {
      return false;
    }
    MirrorMaker mirrorMaker = new MirrorMaker(flow.mirrorMakerSettings());
    try {
      mirrorMaker.start();
      log.info(
          "Mirroring {} ({}) from {} to {}",
          String.join(", ", flow.topicNames()),
          flow.name(),
          flow.source().bootstrapServers(),
          flow.target().bootstrapServers());
      return watch(mirrorMaker);
    } finally {
      metrics.running(false);
      leave(mirrorMaker);
    }
  }

  /**
   * MirrorMaker waits a minute and more for a broker that is away. Nobody who stops a site with its
   * link cut has to: what it leaves open is fenced off and mirrored anew at the next start.
   */
  private void leave(MirrorMaker mirrorMaker) throws InterruptedException {
    Thread leaving = new Thread(mirrorMaker::stop, "leave-" + flow.name());
    leaving.setDaemon(true);
    leaving.start();
    while (leaving.isAlive() && stop.getCount() > 0) {
      leaving.join(WATCH_INTERVAL.toMillis());
    }
    leaving.join(LEAVE.toMillis());
    if (leaving.isAlive()) {
      log.warn(
          "The {} mirror ends without its leave of {} and {}, which took more than {} s: is the"
              + " link cut? What was under way crosses after the next start",
          flow.name(),
          flow.source().bootstrapServers(),
          flow.target().bootstrapServers(),
          LEAVE.toSeconds());
    }
  }

  /** Whether both brokers are as the flow needs them; not where one went away meanwhile. */
  private boolean prepare() throws InterruptedException {
    try {
      TargetTopics.ensure(flow);
      ReadQuota.apply(flow);
      return true;
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      boolean passes =
          reason instanceof RetriableException || reason.getCause() instanceof RetriableException;
      if (!passes) {
        throw e;
      }
      log.warn("The {} mirror cannot start yet: {}", flow.name(), reason.getMessage());
      return false;
    }
  }

  /**
   * Returns when a task has failed, or when asked to stop: whether they have all run at some time.
   */
  private boolean watch(MirrorMaker mirrorMaker) throws InterruptedException {
    ConnectorHealth health = new ConnectorHealth(System.nanoTime());
    ConnectorHealth ofPlaces = new ConnectorHealth(System.nanoTime());
    while (!stopRequestedWithin(WATCH_INTERVAL)) {
      Optional<String> problem = problem(health, mirrorMaker, MirrorSourceConnector.class);
      metrics.running(health.isRunning());
      if (problem.isEmpty() && flow.carriesGroups()) {
        problem = problem(ofPlaces, mirrorMaker, MirrorCheckpointConnector.class);
      }
      if (problem.isPresent()) {
        log.warn("The {} mirror failed; starting it anew: {}", flow.name(), problem.get());
        metrics.rebuilt();
        break;
      }
    }
    return health.hasWorked();
  }

  private Optional<String> problem(
      ConnectorHealth health, MirrorMaker mirrorMaker, Class<? extends Connector> connector) {
    return health.problem(status(mirrorMaker, connector.getSimpleName()), System.nanoTime());
  }

  /** Empty until the herder knows its connector, which takes a moment. */
  private Optional<ConnectorStateInfo> status(MirrorMaker mirrorMaker, String connector) {
    try {
      return Optional.of(mirrorMaker.connectorStatus(direction, connector));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits for both brokers, because MirrorMaker's constructor gives up after a minute and leaves
   * threads behind. Returns false when asked to stop meanwhile.
   */
  private boolean awaitBrokers() throws InterruptedException {
    String reported = "";
    while (stop.getCount() > 0) {
      Optional<String> missing = missingBroker();
      if (missing.isEmpty()) {
        return true;
      }
      if (!missing.get().equals(reported)) {
        log.warn("The {} mirror waits for the broker at {}", flow.name(), missing.get());
        reported = missing.get();
      }
      stopRequestedWithin(WATCH_INTERVAL);
    }
    return false;
  }

  /** Which one does not answer, and why. */
  private Optional<String> missingBroker() throws InterruptedException {
    for (Cluster cluster : List.of(flow.source(), flow.target())) {
      Optional<String> silence = cluster.silence();
      if (silence.isPresent()) {
        return Optional.of(cluster.bootstrapServers() + ": " + silence.get());
      }
    }
    return Optional.empty();
  }

  private boolean stopRequestedWithin(Duration patience) throws InterruptedException {
    return stop.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
