package dev.skerry.inference.release;

import dev.skerry.inference.canary.CanaryEvidence;
import dev.skerry.inference.canary.CanaryTrial;
import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.lineup.StreamModels;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.StableShare;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The releases of one stream: what comes next is made ready, the decider decides, and what was
 * decided is done. Used by one thread.
 */
final class StreamReleases {

  private static final Logger log = LoggerFactory.getLogger(StreamReleases.class);

  private final Base base;
  private final SiteReleases site;
  private final CurrentLineup lineup;
  private final ReleaseLoader loader;
  private final Map<ReleaseId, Long> failed = new HashMap<>();
  private final Map<ReleaseId, String> broken = new HashMap<>();
  private final Set<ReleaseId> complained = new HashSet<>();
  private @Nullable ReleaseId loading;
  private ReleaseLoader.@Nullable Ready ready;

  /**
   * What a site was set up with.
   *
   * @param id of the model
   * @param stream that it answers
   * @param file where it lies
   */
  record Base(ReleaseId id, String stream, Path file) {}

  StreamReleases(Base base, SiteReleases site, CurrentLineup lineup, ReleaseLoader loader) {
    this.base = base;
    this.site = site;
    this.lineup = lineup;
    this.loader = loader;
  }

  Base base() {
    return base;
  }

  /** Takes the result of a load that this stream has asked for. */
  void take(ReleaseLoader.Result result) {
    loading = null;
    if (result instanceof ReleaseLoader.Ready made) {
      dropReady();
      ready = made;
    } else if (result instanceof ReleaseLoader.Failed failure) {
      failed.put(failure.id(), site.issuedAtMillis(failure.id()));
      site.refused(failure.id(), failure.reason());
    }
  }

  /** Hears that a release broke while it served. */
  void broke(ReleaseId id, String reason) {
    if (broken.put(id, reason) == null) {
      log.error("{} is broken and will be replaced: {}", id, reason);
    }
  }

  /** Whether another model can take the place of one that breaks. */
  boolean isReplaceable(ReleaseId id) {
    return id.model().equals(base.id().model()) && !id.equals(base.id());
  }

  private ModelState state() {
    return site.state(base.id().model());
  }

  /**
   * Goes as far as it can now.
   *
   * @param decisions empty where another process decides, or what was decided is not read yet
   */
  void step(Optional<Decisions> decisions) {
    ModelState state = state();
    if (decisions.isPresent()
        && (takeBack(state, decisions.get())
            || withdrawBroken(state, decisions.get())
            || judge(state, decisions.get()))) {
      return;
    }
    ReleaseId champion = champion(state);
    StreamModels serving = serving();
    if (!idOf(serving.champion()).equals(champion)) {
      promote(champion, serving);
      return;
    }
    if (state.canary().isPresent()) {
      tryOut(id(state.canary()), state, serving);
    } else if (serving.canary() != null) {
      lineup.change(lineup.get().with(new StreamModels(serving.champion())));
    }
    refuseNamesakes();
    Optional<Manifest> next = next(state, champion);
    if (next.isPresent()) {
      obtain(next.get().release())
          .ifPresent(
              made -> decisions.ifPresent(decider -> decide(next.get(), made, state, decider)));
    } else {
      dropReady();
    }
  }

  /** Revoked, or signed by a key that is not trusted any more. */
  private boolean takeBack(ModelState state, Decisions decisions) {
    for (Optional<String> version : List.of(state.canary(), state.champion())) {
      Optional<String> reason = version.flatMap(tried -> site.revoked(id(Optional.of(tried))));
      if (reason.isPresent()) {
        String revoked = version.orElseThrow();
        ModelState after = state.without(revoked, fallback(state, revoked));
        decisions.write(this, ModelStep.REVOKED, revoked, reason.get(), after, Map.of());
        return true;
      }
    }
    return false;
  }

  private boolean withdrawBroken(ModelState state, Decisions decisions) {
    Optional<String> version = state.champion().filter(found -> isBroken(id(Optional.of(found))));
    version.ifPresent(
        found ->
            decisions.write(
                this,
                ModelStep.WITHDRAWN,
                found,
                "It broke while it served: " + broken.get(id(version)),
                state.without(found, fallback(state, found)),
                Map.of()));
    return version.isPresent();
  }

  private boolean isBroken(ReleaseId id) {
    return broken.containsKey(id);
  }

  /**
   * What answers in this process. Where the champion cannot, nobody waits for whoever decides: the
   * one before it answers meanwhile.
   */
  private ReleaseId champion(ModelState state) {
    ReleaseId decided = id(state.champion());
    return canServe(decided) && isKnown(decided) ? decided : id(fallback(state, decided.version()));
  }

  /** Of a release that nobody who is trusted has stated no file can come. */
  private boolean isKnown(ReleaseId id) {
    return id.equals(base.id()) || site.manifest(id).isPresent();
  }

  private boolean canServe(ReleaseId id) {
    return id.equals(base.id()) || !(isBroken(id) || hasFailed(id));
  }

  /** By what the workers of all processes have seen beside the same champion, as each last said. */
  private boolean judge(ModelState state, Decisions decisions) {
    StreamModels serving = serving();
    StreamModels.Canary canary = serving.canary();
    Optional<String> tried =
        state
            .canary()
            .filter(version -> canary != null && version.equals(idOf(canary.model()).version()));
    Optional<Manifest> manifest = tried.flatMap(version -> site.manifest(id(tried)));
    if (canary == null || tried.isEmpty() || manifest.isEmpty()) {
      return false;
    }
    CanaryTrial.Verdict verdict =
        CanaryTrial.judge(
            canary.evidence().seen().plus(site.seenElsewhere(id(tried), idOf(serving.champion()))),
            manifest.get().canary(),
            manifest.get().expected());
    if (verdict instanceof CanaryTrial.Promote promote) {
      decisions.write(
          this,
          ModelStep.PROMOTED,
          tried.get(),
          promote.reason(),
          state.promoted(tried),
          promote.figures());
      return true;
    }
    if (verdict instanceof CanaryTrial.Withdraw withdraw) {
      ModelState after = state.without(tried.get(), state.champion());
      decisions.write(
          this, ModelStep.WITHDRAWN, tried.get(), withdraw.reason(), after, withdraw.figures());
      return true;
    }
    return false;
  }

  /** The last champion that may still serve; empty: what the site was set up with. */
  Optional<String> fallback(ModelState state, String leaving) {
    return state.former().stream()
        .filter(version -> !version.equals(leaving) && !state.isWithdrawn(version))
        .filter(version -> canServe(id(Optional.of(version))))
        .filter(version -> site.revoked(id(Optional.of(version))).isEmpty())
        .filter(version -> site.file(id(Optional.of(version))).isPresent())
        .findFirst();
  }

  /** Says what the workers of this process have seen of a canary. */
  void tell(SharedEvidence evidence) {
    StreamModels serving = serving();
    StreamModels.Canary canary = serving.canary();
    if (canary != null) {
      evidence.tell(
          idOf(canary.model()), idOf(serving.champion()), base.stream(), canary.evidence().seen());
    }
  }

  private void promote(ReleaseId champion, StreamModels serving) {
    StreamModels.Canary canary = serving.canary();
    if (canary != null && idOf(canary.model()).equals(champion)) {
      lineup.change(lineup.get().with(new StreamModels(canary.model())));
      return;
    }
    obtain(champion)
        .ifPresent(
            made -> {
              site.serve(made.model());
              lineup.change(lineup.get().with(new StreamModels(made.model())));
              ready = null;
            });
  }

  private void tryOut(ReleaseId tried, ModelState state, StreamModels serving) {
    StreamModels.Canary canary = serving.canary();
    if (canary != null && idOf(canary.model()).equals(tried)) {
      return;
    }
    obtain(tried)
        .ifPresent(
            made -> {
              site.serve(made.model());
              lineup.change(lineup.get().with(with(made.model(), state, serving)));
              ready = null;
            });
  }

  private StreamModels with(ServedModel model, ModelState state, StreamModels serving) {
    CanaryPolicy policy =
        site.manifest(idOf(model)).map(Manifest::canary).orElse(CanaryPolicy.DEFAULT);
    return new StreamModels(
        serving.champion(),
        new StreamModels.Canary(
            model,
            state.canaryShare(),
            policy.shadowShare(),
            StableShare.salt(idOf(model)),
            new CanaryEvidence(policy.maxSlowdown())));
  }

  private void decide(
      Manifest next, ReleaseLoader.Ready made, ModelState state, Decisions decisions) {
    if (next.canary().isPromotedAtOnce()) {
      decisions.write(
          this,
          ModelStep.PROMOTED,
          next.version(),
          "Its rollout asks for no trial",
          state.promoted(Optional.of(next.version())),
          made.figures());
    } else {
      decisions.write(
          this,
          ModelStep.CANARIED,
          next.version(),
          "It is tried on %s %% of the devices".formatted(100 * next.canary().deviceShare()),
          state.canaried(next.version(), next.canary().deviceShare()),
          made.figures());
    }
  }

  /** What is decided is written by versions: two models of one could not be told apart. */
  private void refuseNamesakes() {
    site.offered(base.id().model()).stream()
        .map(Release::id)
        .filter(base.id()::equals)
        .forEach(
            id ->
                site.refused(
                    id,
                    "The model that the site was set up with has that version; publish it as"
                        + " another one"));
  }

  /** The newest release that the site takes and that is newer than what serves. */
  private Optional<Manifest> next(ModelState state, ReleaseId champion) {
    long newerThan =
        Math.max(
            site.issuedAtMillis(champion),
            state
                .canary()
                .map(version -> site.issuedAtMillis(id(Optional.of(version))))
                .orElse(0L));
    return site.offered(base.id().model()).stream()
        .map(Release::manifest)
        .filter(manifest -> manifest.stream().equals(base.stream()))
        .filter(manifest -> manifest.issuedAtMillis() > newerThan)
        .filter(manifest -> !manifest.version().equals(base.id().version()))
        .filter(manifest -> !state.isWithdrawn(manifest.version()))
        .filter(manifest -> canServe(manifest.release()))
        .reduce((older, newer) -> newer);
  }

  private boolean hasFailed(ReleaseId id) {
    Long issuedAtMillis = failed.get(id);
    return issuedAtMillis != null && issuedAtMillis >= site.issuedAtMillis(id);
  }

  /** The model, where it is ready; else it is made ready, unless another one is just now. */
  private Optional<ReleaseLoader.Ready> obtain(ReleaseId id) {
    if (ready != null && ready.id().equals(id)) {
      return Optional.of(ready);
    }
    if (loading == null && !hasFailed(id)) {
      Optional<Path> file = id.equals(base.id()) ? Optional.of(base.file()) : site.file(id);
      if (file.isPresent()) {
        loading = id;
        loader.load(id, base.stream(), file.get());
      } else if (complained.add(id)) {
        log.warn("{} is to serve, and its file is not here yet", id);
      }
    }
    return Optional.empty();
  }

  private StreamModels serving() {
    return lineup.get().streams().stream()
        .filter(models -> models.stream().equals(base.stream()))
        .findFirst()
        .orElseThrow();
  }

  private ReleaseId id(Optional<String> version) {
    return version.map(known -> new ReleaseId(base.id().model(), known)).orElse(base.id());
  }

  static ReleaseId idOf(ServedModel model) {
    return new ReleaseId(model.contract().name(), model.contract().version());
  }

  private void dropReady() {
    if (ready != null) {
      ready.model().close();
      ready = null;
    }
  }

  /** Closes what was made ready and is not served. */
  void close() {
    dropReady();
  }
}
