package dev.skerry.inference.release;

import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flow of releases in a process: read what is published and what was decided, keep files, make
 * models ready, decide if it is this process's turn, change the lineup, close what left. What goes
 * wrong here holds releases up and nothing else. {@link #run} belongs to one thread; {@link #stop}
 * may be called by any.
 */
public final class Releases implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Releases.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A process that decides has told what is older. */
  private static final Duration OLD_NEWS = Duration.ofSeconds(30);

  private final ReleaseSite site;
  private final CurrentLineup lineup;
  private final Consumer<ServedModel> beforeServing;
  private final TrustedKeys keys;
  private final ReleaseCache cache;
  private final StatusBoard board;
  private final ReleaseLog releases;
  private final Arrivals arrivals;
  private final ReleaseLoader loader;
  private final List<StreamReleases> streams = new ArrayList<>();
  private final List<Told> untold = new ArrayList<>();
  private final Heard heard = new Heard();
  private final ReleaseTopics topics;
  private final Decider decider;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private String lastProblem = "";

  /** Something that model-status is to say as soon as this process may write it. */
  private record Told(ReleaseId id, ModelStep step, String reason, long atMillis) {}

  /**
   * The releases of a process.
   *
   * @param start what was done at the start of the process, before any worker
   * @param warmUp runs a model in each batch size
   * @param beforeServing hears of each model before workers run it
   */
  public static Releases of(
      ReleaseStart start,
      CurrentLineup lineup,
      ModelLoader loader,
      Consumer<ServedModel> warmUp,
      ReleaseClients clients,
      Consumer<ServedModel> beforeServing) {
    return new Releases(
        start,
        lineup,
        new ReleaseLoader(loader, warmUp),
        new ReleaseTopics(clients.newReader()),
        new Decider(clients.newCandidate(), clients::newProducer),
        beforeServing);
  }

  private Releases(
      ReleaseStart start,
      CurrentLineup lineup,
      ReleaseLoader loader,
      ReleaseTopics topics,
      Decider decider,
      Consumer<ServedModel> beforeServing) {
    this.site = start.site();
    this.lineup = lineup;
    this.beforeServing = beforeServing;
    this.keys = start.keys();
    this.cache = start.cache();
    this.board = start.board();
    this.releases = new ReleaseLog(keys);
    this.loader = loader;
    this.topics = topics;
    this.decider = decider;
    this.arrivals = new Arrivals(releases, cache, this::isWanted, heard);
    for (StreamReleases.Base base : start.bases()) {
      streams.add(new StreamReleases(base, new Here(), lineup, loader));
    }
  }

  /** Follows releases until it is told to stop. */
  public void run() throws InterruptedException {
    while (stopping.getCount() > 0) {
      try {
        tick();
        lastProblem = "";
      } catch (RuntimeException e) {
        String problem = String.valueOf(e.getMessage());
        if (!problem.equals(lastProblem)) {
          log.error("Releases are held up, and tried again every {} s", PAUSE.toSeconds(), e);
          lastProblem = problem;
        }
        if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }
  }

  /** Lets {@link #run} return soon. */
  public void stop() {
    stopping.countDown();
  }

  private void tick() {
    topics.poll(POLL, arrivals::accept, board::accept);
    if (arrivals.mustReadAgain()) {
      topics.readModelsAgain();
    }
    boolean inOffice = decider.isInOffice();
    if (topics.isCaughtUp()) {
      Optional<ReleaseLoader.Result> result = loader.next();
      result.ifPresent(made -> stream(made.id()).take(made));
      tell(inOffice);
      for (StreamReleases stream : streams) {
        stream.step(decisions(inOffice));
      }
    }
    lineup.closeLeft();
  }

  private StreamReleases stream(ReleaseId id) {
    return streams.stream()
        .filter(stream -> stream.base().id().model().equals(id.model()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Decisions> decisions(boolean inOffice) {
    return inOffice && decider.isSettled(topics.statusPosition())
        ? Optional.of(this::write)
        : Optional.empty();
  }

  /** News that came while nobody was in office is told by the next one that is. */
  private void tell(boolean inOffice) {
    long nowMillis = site.clock().millis();
    untold.removeIf(told -> !inOffice && nowMillis - told.atMillis() > OLD_NEWS.toMillis());
    while (!untold.isEmpty()) {
      Optional<Decisions> decisions = decisions(inOffice);
      if (decisions.isEmpty()) {
        return;
      }
      Told told = untold.get(0);
      ModelState state = board.state(told.id().model());
      decisions
          .get()
          .write(
              stream(told.id()), told.step(), told.id().version(), told.reason(), state, Map.of());
      untold.remove(0);
    }
  }

  private void write(
      StreamReleases stream,
      ModelStep step,
      String version,
      String reason,
      ModelState after,
      Map<String, Double> figures) {
    decider.write(
        ModelStatus.newBuilder()
            .setSiteId(site.siteId())
            .setModel(stream.base().id().model())
            .setStream(stream.base().stream())
            .setStep(step)
            .setModelVersion(version)
            .setReason(reason)
            .setChampionVersion(after.champion().orElse(null))
            .setCanaryVersion(after.canary().orElse(null))
            .setCanaryShare((float) after.canaryShare())
            .setShadowVersion(null)
            .setWithdrawnVersions(after.withdrawn())
            .setEvidence(figures)
            .setProvider(provider(stream.base().stream()))
            .setDecidedBy(site.instance())
            .setChangedAt(Instant.ofEpochMilli(site.clock().millis()))
            .build());
  }

  private String provider(String stream) {
    return lineup.get().streams().stream()
        .filter(models -> models.stream().equals(stream))
        .findFirst()
        .orElseThrow()
        .champion()
        .provider()
        .word();
  }

  private boolean isWanted(Manifest manifest) {
    return streams.stream()
            .map(StreamReleases::base)
            .anyMatch(
                base ->
                    base.stream().equals(manifest.stream())
                        && base.id().model().equals(manifest.model()))
        && manifest.isFor(site.hardware())
        && manifest.sizeBytes() <= site.maxModelBytes()
        && !releases.isRevoked(manifest.release())
        && !board.state(manifest.model()).isWithdrawn(manifest.version());
  }

  private boolean isServed(String model) {
    return streams.stream().anyMatch(stream -> stream.base().id().model().equals(model));
  }

  private final class Heard implements Arrivals.Outcomes {

    private final Map<ReleaseId, String> refusals = new HashMap<>();

    @Override
    public void received(Manifest manifest) {
      String reason = "All %d bytes are here and verified".formatted(manifest.sizeBytes());
      add(manifest.release(), ModelStep.RECEIVED, reason);
    }

    @Override
    public void refused(ReleaseId release, String reason) {
      boolean isNews = !reason.equals(refusals.get(release));
      if (isServed(release.model()) && isNews) {
        refusals.put(release, reason);
        log.warn("{} is refused: {}", release, reason);
        add(release, ModelStep.REFUSED, reason);
      }
    }

    private void add(ReleaseId release, ModelStep step, String reason) {
      untold.add(new Told(release, step, reason, site.clock().millis()));
    }
  }

  private final class Here implements SiteReleases {

    @Override
    public ModelState state(String model) {
      return board.state(model);
    }

    @Override
    public List<Release> offered(String model) {
      return releases.releases().stream()
          .filter(release -> release.id().model().equals(model))
          .filter(release -> release.isOfferedTo(site.siteId()))
          .filter(release -> cache.has(release.manifest()) && isWanted(release.manifest()))
          .toList();
    }

    @Override
    public Optional<Manifest> manifest(ReleaseId id) {
      return releases.release(id).map(Release::manifest).or(() -> cache.manifest(id));
    }

    @Override
    public Optional<String> revoked(ReleaseId id) {
      if (releases.isRevoked(id)) {
        return Optional.of(
            releases
                .release(id)
                .flatMap(Release::revocation)
                .map(revocation -> "Its publisher took it back: " + revocation.reason())
                .orElse("Its publisher took it back"));
      }
      return cache
          .keyId(id)
          .filter(keyId -> !keys.isTrusted(keyId))
          .map(keyId -> "Its key " + keyId + " is not trusted any more");
    }

    @Override
    public Optional<Path> file(ReleaseId id) {
      Optional<Path> file = cache.file(id);
      if (file.isEmpty()) {
        arrivals.lost(id);
      }
      return file;
    }

    @Override
    public void refused(ReleaseId id, String reason) {
      heard.refused(id, reason);
    }

    @Override
    public void serve(ServedModel model) {
      beforeServing.accept(model);
    }
  }

  @Override
  public void close() {
    streams.forEach(StreamReleases::close);
    loader.close();
    arrivals.close();
    decider.close();
    topics.close();
  }
}
