package dev.skerry.inference.release;

import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.ReleaseId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  private final ReleaseSite site;
  private final CurrentLineup lineup;
  private final StatusBoard board;
  private final KeyFiles keyFiles;
  private final ReleasesHere here;
  private final ReleaseLoader loader;
  private final List<StreamReleases> streams = new ArrayList<>();
  private final ReleaseTopics topics;
  private final SharedEvidence evidence;
  private final Decider decider;
  private final ReleaseMetrics metrics;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private String lastProblem = "";

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
      Consumer<ServedModel> beforeServing,
      MeterRegistry registry) {
    return new Releases(
        start,
        lineup,
        new ReleaseLoader(loader, warmUp),
        new ReleaseTopics(clients.newReader()),
        new SharedEvidence(start.site(), clients::newEvidenceProducer),
        new Decider(clients.newCandidate(), clients::newProducer),
        beforeServing,
        new ReleaseMetrics(registry, start.bases(), lineup));
  }

  private Releases(
      ReleaseStart start,
      CurrentLineup lineup,
      ReleaseLoader loader,
      ReleaseTopics topics,
      SharedEvidence evidence,
      Decider decider,
      Consumer<ServedModel> beforeServing,
      ReleaseMetrics metrics) {
    this.site = start.site();
    this.lineup = lineup;
    this.board = start.board();
    this.keyFiles = start.keyFiles();
    this.loader = loader;
    this.topics = topics;
    this.evidence = evidence;
    this.decider = decider;
    this.metrics = metrics;
    this.here = new ReleasesHere(start, evidence, beforeServing);
    for (StreamReleases.Base base : start.bases()) {
      streams.add(new StreamReleases(base, here, lineup, loader));
    }
    lineup.replacesIfBroken(this::isReplaceable);
  }

  private boolean isReplaceable(ServedModel model) {
    return streams.stream().anyMatch(stream -> stream.isReplaceable(StreamReleases.idOf(model)));
  }

  /** Follows releases until it is told to stop. */
  public void run() throws InterruptedException {
    while (stopping.getCount() > 0) {
      try {
        tick();
        lastProblem = "";
        metrics.heldUp(here.arrivals().isHeldUp());
      } catch (RuntimeException e) {
        metrics.heldUp(true);
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
    try {
      follow();
    } finally {
      board.save(); // A full disk must not keep anybody from taking a model back.
    }
  }

  private void follow() {
    topics.poll(POLL, here.arrivals()::accept, board::accept, evidence::accept);
    boolean hasMoreKeys = keyFiles.haveMore();
    if (here.arrivals().mustReadAgain() || hasMoreKeys) {
      topics.readModelsAgain();
    }
    boolean inOffice = decider.isInOffice();
    lineup.broken().forEach(this::broke);
    if (topics.isCaughtUp()) {
      Optional<ReleaseLoader.Result> result = loader.next();
      result.ifPresent(made -> stream(made.id()).take(made));
      here.news().tell(inOffice, item -> tell(item, inOffice));
      for (StreamReleases stream : streams) {
        stream.step(decisions(inOffice));
        stream.tell(evidence);
      }
      here.tidy();
    }
    lineup.closeLeft();
  }

  private void broke(ServedModel model, String reason) {
    ReleaseId id = StreamReleases.idOf(model);
    stream(id).broke(id, reason);
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

  private boolean tell(ReleaseNews.Item item, boolean inOffice) {
    Optional<Decisions> decisions = decisions(inOffice);
    decisions.ifPresent(
        open ->
            open.write(
                stream(item.id()),
                item.step(),
                item.id().version(),
                item.reason(),
                board.state(item.id().model()),
                Map.of()));
    return decisions.isPresent();
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
    metrics.stepped(stream.base().id().model(), step);
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

  @Override
  public void close() {
    streams.forEach(StreamReleases::close);
    loader.close();
    here.arrivals().close();
    decider.close();
    evidence.close();
    topics.close();
  }
}
