package dev.skerry.local.site;

import static dev.skerry.local.site.SiteParts.AGGREGATOR;
import static dev.skerry.local.site.SiteParts.CLOUD_AGGREGATOR;
import static dev.skerry.local.site.SiteParts.CLOUD_BROKER;
import static dev.skerry.local.site.SiteParts.CLOUD_INFERENCE;
import static dev.skerry.local.site.SiteParts.CONSOLE;
import static dev.skerry.local.site.SiteParts.EDGE_BROKER;
import static dev.skerry.local.site.SiteParts.GATEWAY;
import static dev.skerry.local.site.SiteParts.INFERENCE;
import static dev.skerry.local.site.SiteParts.LABELS;
import static dev.skerry.local.site.SiteParts.MIRROR;
import static dev.skerry.local.site.SiteParts.RETRAIN;
import static dev.skerry.local.site.SiteParts.SELECT;
import static dev.skerry.local.site.SiteParts.SOURCE;
import static dev.skerry.local.site.SiteParts.WAREHOUSE;

import dev.skerry.local.audit.AnswerReport;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.audit.RecordFilter;
import dev.skerry.local.audit.RunStart;
import dev.skerry.local.control.ControlEndpoint;
import dev.skerry.local.registry.RegistryEndpoint;
import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.watch.SiteWatch;
import dev.skerry.local.watch.Snapshot;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A site on one machine: a broker, the services, a source of telemetry, and, as its {@link
 * SiteCloud} says, the cloud's broker and the mirror between them; each a process of its own. Parts
 * that die come back.
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
      if (settings.cloud() instanceof SiteCloud.Shared) {
        settings.ports().requireFreeAtTheSite();
      } else {
        settings.ports().requireFree();
      }
      console.accept("Starting a site in " + settings.files().root() + " (Ctrl-C stops it)");
      settings.describe().forEach(console);
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
    SiteAccess.prepare(settings);
    SiteParts parts = new SiteParts(settings);
    supervisor.start(parts.edgeBroker());
    if (settings.cloud() instanceof SiteCloud.Own own) {
      supervisor.start(parts.cloudBroker(own));
    }
    Endpoints endpoints = Endpoints.start(settings, supervisor, console);
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
    Broker edge = settings.brokers().edge(SiteCertificates.KEEPER);
    BrokerStart.await(edge, supervisor, admin -> SiteAccess.openTheEdge(settings, admin));
    RunStart runStart =
        RunStart.capture(edge, List.of(SiteParts.INFERENCE_GROUP, SiteParts.FRAMES_GROUP));
    supervisor.start(parts.inference());
    parts.source().ifPresent(supervisor::start);
    parts.gateway().ifPresent(supervisor::start);

    // Nothing of the site itself waits for a cloud.
    supervisor.start(parts.aggregator());
    supervisor.start(parts.select());
    startTheCloud(settings, parts, supervisor);
    endpoints.control().ifPresent(control -> supervisor.start(parts.console(control)));

    SiteWatch watch =
        SiteWatch.start(
            edge,
            settings
                .brokers()
                .cloud(SiteCertificates.KEEPER)
                .map(cloud -> new SiteWatch.Cloud(cloud, ownRecords(settings))),
            runStart,
            Clock.systemUTC(),
            (before, now) -> {
              SiteStatus.ofThisProcess(settings, endpoints.describeLink(), supervisor)
                  .write(settings.files());
              listener.watched(before, now);
            });
    return new Site(settings, supervisor, lock, endpoints, runStart, watch);
  }

  private static void startTheCloud(SiteSettings settings, SiteParts parts, Supervisor supervisor)
      throws InterruptedException {
    if (settings.cloud() instanceof SiteCloud.None) {
      return;
    }
    if (settings.cloud() instanceof SiteCloud.Own) {
      Broker cloud = settings.brokers().cloud(SiteCertificates.KEEPER).orElseThrow();
      BrokerStart.await(cloud, supervisor, admin -> SiteAccess.openTheCloud(settings, admin));
      supervisor.start(parts.cloudAggregator());
      parts.cloudInference().ifPresent(supervisor::start);
      parts.labels().ifPresent(supervisor::start);
    }
    supervisor.start(parts.mirror());
    parts.warehouse().ifPresent(supervisor::start);
  }

  /** What of the cloud's records the site has written, where others share the cloud. */
  private static RecordFilter ownRecords(SiteSettings settings) {
    if (!settings.isFirst()) {
      return RecordFilter.of(settings.id());
    }
    Set<String> others = new HashSet<>(settings.furtherSites());
    others.addAll(settings.files().furtherSites()); // Also those of earlier runs.
    return others.isEmpty() ? RecordFilter.all() : RecordFilter.notOf(others);
  }

  /** The edge broker, as the site's own keeper reaches it. */
  public Broker edge() {
    return settings.brokers().edge(SiteCertificates.KEEPER);
  }

  /** The site's name. */
  public String id() {
    return settings.id();
  }

  /** The cloud broker, as the site's own keeper reaches it; empty where there is no cloud. */
  public Optional<Broker> cloud() {
    return settings.brokers().cloud(SiteCertificates.KEEPER);
  }

  /** Where the schema registry answers; empty where another site has it. */
  public Optional<String> registry() {
    return endpoints.registry().map(RegistryEndpoint::url);
  }

  /** Where a browser finds the console; empty where there is none. */
  public Optional<String> console() {
    return settings.ports().consoleUrl();
  }

  /** Where devices send over HTTP; empty where they do not. */
  public Optional<String> http() {
    return settings.deviceUrls().stream().filter(url -> url.startsWith("http")).findFirst();
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
    endpoints.control().ifPresent(ControlEndpoint::close); // Nothing new comes in from here.
    supervisor.stop(SOURCE, GATEWAY);
    drain.awaitConsumed(SiteParts.INFERENCE_GROUP, Topics.TELEMETRY);
    drain.awaitConsumed(SiteParts.FRAMES_GROUP, Topics.TELEMETRY_FRAMES);
    supervisor.stop(INFERENCE);
    drain.awaitConsumed(SiteParts.AGGREGATOR_GROUP, Topics.DETECTIONS);
    drain.awaitConsumed(SiteParts.SELECT_GROUP, Topics.RETRAINING_CANDIDATES);
    supervisor.stop(AGGREGATOR, SELECT);
    MirrorCheck mirrored = drainTheLink(drain);
    AnswerReport answers = Audit.answers(edge(), runStart);
    return new RunReport(
        answers,
        mirrored,
        cloud().filter(cloud -> answersOverflow()).map(Audit::overflowAnswers),
        watch.afterDetections(answers.detections()));
  }

  /** In the cloud what all its sites left to it is answered: the first site is drained last. */
  private boolean answersOverflow() {
    return settings.overflow().isPresent() && settings.cloud() instanceof SiteCloud.Own;
  }

  /** A link that is cut is not waited for: what is to cross it stays at the site. */
  private MirrorCheck drainTheLink(Drain drain) throws InterruptedException {
    if (cloud().isEmpty()) {
      return new MirrorCheck.NoCloud();
    }
    Supplier<List<MirrorReport>> compare =
        () ->
            Audit.mirrored(
                edge(), cloud().get(), Topics.mirroredFrom(Side.EDGE), ownRecords(settings));
    boolean isCut = endpoints.isLinkCut();
    if (!isCut) {
      drain.awaitMirrored(compare);
    }
    awaitOverflowAnswered(drain);
    supervisor.stop(MIRROR);
    return isCut ? new MirrorCheck.Cut(compare.get()) : new MirrorCheck.Compared(compare.get());
  }

  private void awaitOverflowAnswered(Drain drain) throws InterruptedException {
    if (answersOverflow()) {
      drain.awaitConsumedInTheCloud(
          cloud().orElseThrow(), SiteParts.INFERENCE_GROUP, Topics.TELEMETRY_OVERFLOW);
      supervisor.stop(CLOUD_INFERENCE);
    }
  }

  /** Stops everything that still runs, in the order of the flow; the data stays. */
  @Override
  public void close() {
    try {
      watch.close();
      supervisor.stop(SOURCE, GATEWAY, CONSOLE);
      supervisor.stop(INFERENCE, AGGREGATOR, SELECT);
      supervisor.stop(MIRROR, CLOUD_INFERENCE, CLOUD_AGGREGATOR, LABELS, RETRAIN, WAREHOUSE);
      endpoints.close();
      supervisor.stop(EDGE_BROKER, CLOUD_BROKER);
    } finally {
      supervisor.close();
      lock.close();
    }
  }
}
