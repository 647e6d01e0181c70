package dev.skerry.local.site;

import static dev.skerry.local.site.SiteParts.AGGREGATOR;
import static dev.skerry.local.site.SiteParts.CLOUD_AGGREGATOR;
import static dev.skerry.local.site.SiteParts.CLOUD_BROKER;
import static dev.skerry.local.site.SiteParts.EDGE_BROKER;
import static dev.skerry.local.site.SiteParts.GATEWAY;
import static dev.skerry.local.site.SiteParts.INFERENCE;
import static dev.skerry.local.site.SiteParts.MIRROR;
import static dev.skerry.local.site.SiteParts.SELECT;
import static dev.skerry.local.site.SiteParts.SOURCE;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.audit.RunStart;
import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.local.watch.SiteWatch;
import dev.skerry.local.watch.Snapshot;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A site on one machine: two brokers, the mirror between them, the services and a source of
 * telemetry, each a process of its own. Parts that die come back.
 *
 * <p>The order in which it stops is that of the flow, so that nothing is left halfway: {@link
 * #drain} stops the source, then each part when all before it is done, and reads everything once
 * more to prove that it adds up; {@link #close} stops what is left.
 */
public final class Site implements AutoCloseable {

  private final SiteSettings settings;
  private final Supervisor supervisor;
  private final SiteLock lock;
  private final RunStart runStart;
  private final SiteWatch watch;
  private final Endpoints endpoints;

  private Site(
      SiteSettings settings,
      Supervisor supervisor,
      SiteLock lock,
      Endpoints endpoints,
      RunStart runStart,
      SiteWatch watch) {
    this.settings = settings;
    this.supervisor = supervisor;
    this.lock = lock;
    this.endpoints = endpoints;
    this.runStart = runStart;
    this.watch = watch;
  }

  /**
   * Starts a site and returns when its brokers answer and all parts are on their way.
   *
   * @param console takes one line for each event, such as a part that died and comes back
   * @param listener is told once a second what happened
   * @throws SiteRefusedException when the directory or a port is in use
   * @throws SiteFailedException when a part does not start
   */
  public static Site start(
      SiteSettings settings, Consumer<String> console, SiteWatch.Listener listener)
      throws InterruptedException {
    SiteLock lock = SiteLock.acquire(settings.files());
    Supervisor supervisor = new Supervisor(settings.files().logs(), console);
    try {
      settings.ports().requireFree();
      return start(settings, supervisor, lock, console, listener);
    } catch (RuntimeException | InterruptedException e) {
      supervisor.close();
      lock.close();
      throw e;
    }
  }

  private static Site start(
      SiteSettings settings,
      Supervisor supervisor,
      SiteLock lock,
      Consumer<String> console,
      SiteWatch.Listener listener)
      throws InterruptedException {
    SiteParts parts = new SiteParts(settings);
    supervisor.start(parts.edgeBroker());
    supervisor.start(parts.cloudBroker());
    Endpoints endpoints = Endpoints.start(settings, console);
    try {
      return startServices(settings, parts, supervisor, lock, endpoints, listener);
    } catch (RuntimeException | InterruptedException e) {
      endpoints.close();
      throw e;
    }
  }

  private static Site startServices(
      SiteSettings settings,
      SiteParts parts,
      Supervisor supervisor,
      SiteLock lock,
      Endpoints endpoints,
      SiteWatch.Listener listener)
      throws InterruptedException {
    String edge = settings.ports().address(SitePort.EDGE);
    String cloud = settings.ports().address(SitePort.CLOUD);
    BrokerStart.await(edge, supervisor, admin -> TopicSetup.ensure(admin, Side.EDGE));
    RunStart runStart =
        RunStart.capture(edge, List.of(SiteParts.INFERENCE_GROUP, SiteParts.FRAMES_GROUP));
    supervisor.start(parts.inference());
    parts.source().ifPresent(supervisor::start);
    parts.gateway().ifPresent(supervisor::start);

    BrokerStart.await(cloud, supervisor, admin -> TopicSetup.ensure(admin, Side.CLOUD));
    supervisor.start(parts.aggregator());
    supervisor.start(parts.select());
    supervisor.start(parts.mirror());
    supervisor.start(parts.cloudAggregator());

    SiteWatch watch =
        SiteWatch.start(
            edge,
            cloud,
            runStart,
            Clock.systemUTC(),
            (before, now) -> {
              SiteStatus.ofThisProcess(
                      settings.ports(), endpoints.link().describe(), supervisor.pids())
                  .write(settings.files());
              listener.watched(before, now);
            });
    return new Site(settings, supervisor, lock, endpoints, runStart, watch);
  }

  /** Bootstrap servers of the edge broker. */
  public String edge() {
    return settings.ports().address(SitePort.EDGE);
  }

  /** Bootstrap servers of the cloud broker. */
  public String cloud() {
    return settings.ports().address(SitePort.CLOUD);
  }

  /** Where the schema registry answers. */
  public String registry() {
    return endpoints.registry().url();
  }

  /** Where devices send over HTTP; empty where they do not. */
  public Optional<String> http() {
    return settings.ports().httpUrl();
  }

  /** Where this run began. */
  public RunStart runStart() {
    return runStart;
  }

  /** What was seen last. */
  public Snapshot latest() {
    return watch.latest();
  }

  /** The parts' processes, for those who want to kill them. */
  public Supervisor supervisor() {
    return supervisor;
  }

  /** Completes with the first part that does not run and does not come back. */
  public CompletableFuture<PartFailure> failure() {
    return supervisor.failure();
  }

  /** Completes when the source has handed over all it has; never for an endless one. */
  public CompletableFuture<Void> sourceFinished() {
    return settings.source() instanceof SiteSettings.Source.External
        ? new CompletableFuture<>()
        : supervisor.finished(SOURCE);
  }

  /**
   * Stops in the order of the flow, each part when all that was before it is answered, aggregated
   * and mirrored, and audits the run. The brokers go on until {@link #close}.
   *
   * @param patience how long to wait without any progress before it goes on regardless
   */
  public RunReport drain(Duration patience) throws InterruptedException {
    Drain drain = new Drain(edge(), patience, supervisor.failure());
    supervisor.stop(SOURCE, GATEWAY);
    drain.awaitConsumed(SiteParts.INFERENCE_GROUP, Topics.TELEMETRY);
    drain.awaitConsumed(SiteParts.FRAMES_GROUP, Topics.TELEMETRY_FRAMES);
    supervisor.stop(INFERENCE);
    drain.awaitConsumed(SiteParts.AGGREGATOR_GROUP, Topics.DETECTIONS);
    drain.awaitConsumed(SiteParts.SELECT_GROUP, Topics.RETRAINING_CANDIDATES);
    supervisor.stop(AGGREGATOR, SELECT);
    drain.awaitMirrored(cloud());
    supervisor.stop(MIRROR);
    AnswerReport answers = Audit.answers(edge(), runStart);
    List<MirrorReport> mirrored = Audit.mirrored(edge(), cloud(), Topics.mirroredFrom(Side.EDGE));
    return new RunReport(answers, mirrored, watch.afterDetections(answers.detections()));
  }

  /** Stops everything that still runs, in the order of the flow; the data stays. */
  @Override
  public void close() {
    try {
      watch.close();
      supervisor.stop(SOURCE, GATEWAY);
      supervisor.stop(INFERENCE, AGGREGATOR, SELECT);
      supervisor.stop(MIRROR, CLOUD_AGGREGATOR);
      endpoints.close();
      supervisor.stop(EDGE_BROKER, CLOUD_BROKER);
    } finally {
      supervisor.close();
      lock.close();
    }
  }
}
