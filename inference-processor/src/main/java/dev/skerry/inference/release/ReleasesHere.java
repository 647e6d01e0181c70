package dev.skerry.inference.release;

import dev.skerry.inference.canary.Comparison;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is published, as it concerns this site: what it takes, what it keeps, and what it must not
 * serve. Used by one thread.
 */
final class ReleasesHere implements SiteReleases {

  private static final Logger log = LoggerFactory.getLogger(ReleasesHere.class);

  private final ReleaseStart start;
  private final SharedEvidence evidence;
  private final ReleaseLog releases;
  private final ReleaseNews news;
  private final Arrivals arrivals;
  private final Consumer<ServedModel> beforeServing;

  ReleasesHere(ReleaseStart start, SharedEvidence evidence, Consumer<ServedModel> beforeServing) {
    this.start = start;
    this.evidence = evidence;
    this.beforeServing = beforeServing;
    this.releases = new ReleaseLog(start.keys());
    this.news = new ReleaseNews(start.site().clock(), this::servesModel);
    this.arrivals =
        new Arrivals(releases, start.cache(), this::isWanted, news, start.site().clock());
  }

  Arrivals arrivals() {
    return arrivals;
  }

  ReleaseNews news() {
    return news;
  }

  private boolean servesModel(String model) {
    return start.bases().stream().anyMatch(base -> base.id().model().equals(model));
  }

  private boolean isWanted(Manifest manifest) {
    return isServedHere(manifest)
        && manifest.isFor(start.site().hardware())
        && manifest.sizeBytes() <= start.site().maxModelBytes()
        && !releases.isRevoked(manifest.release())
        && !state(manifest.model()).isWithdrawn(manifest.version())
        && isOfUse(manifest);
  }

  private boolean isServedHere(Manifest manifest) {
    return start.bases().stream()
        .anyMatch(
            base ->
                base.stream().equals(manifest.stream())
                    && base.id().model().equals(manifest.model()));
  }

  /** What serves, what may be gone back to, and what is newer than all that. */
  private boolean isOfUse(Manifest manifest) {
    ModelState state = state(manifest.model());
    String version = manifest.version();
    int kept = Math.min(start.site().keptFormer(), state.former().size());
    return state.serves(version)
        || state.former().subList(0, kept).contains(version)
        || manifest.issuedAtMillis() > championIssuedAtMillis(manifest.model(), state);
  }

  private long championIssuedAtMillis(String model, ModelState state) {
    return state.champion().map(found -> issuedAtMillis(new ReleaseId(model, found))).orElse(0L);
  }

  /** Deletes files that are of no use any more. */
  void tidy() {
    for (Manifest manifest : start.cache().manifests()) {
      boolean serves = state(manifest.model()).serves(manifest.version());
      if (!serves && !(isWanted(manifest) && isTrusted(manifest.release()))) {
        log.info("{} is of no use here any more; its file is deleted", manifest.release());
        start.cache().drop(manifest.release());
      }
    }
    for (ReleaseId id : start.cache().distrusted()) {
      if (!state(id.model()).serves(id.version())) {
        log.info("{} is not trusted any more; its file is deleted", id);
        start.cache().drop(id);
      }
    }
    arrivals.dropUnwanted();
  }

  private boolean isTrusted(ReleaseId id) {
    return start.cache().keyId(id).filter(start.keys()::isTrusted).isPresent();
  }

  @Override
  public ModelState state(String model) {
    return start.board().state(model);
  }

  @Override
  public List<Release> offered(String model) {
    return releases.releases().stream()
        .filter(release -> release.id().model().equals(model))
        .filter(release -> release.isOfferedTo(start.site().siteId()))
        .filter(release -> start.cache().has(release.manifest()) && isWanted(release.manifest()))
        .toList();
  }

  @Override
  public Optional<Manifest> manifest(ReleaseId id) {
    return releases.release(id).map(Release::manifest).or(() -> start.cache().manifest(id));
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
    return start
        .cache()
        .keyId(id)
        .filter(keyId -> !start.keys().isTrusted(keyId))
        .map(keyId -> "Its key " + keyId + " is not trusted any more");
  }

  @Override
  public Optional<Path> file(ReleaseId id) {
    Optional<Path> file = start.cache().file(id);
    if (file.isEmpty()) {
      arrivals.lost(id);
    }
    return file;
  }

  @Override
  public Comparison seenElsewhere(ReleaseId canary, ReleaseId champion) {
    return evidence.elsewhere(canary, champion);
  }

  @Override
  public void refused(ReleaseId id, String reason) {
    news.refused(id, reason);
  }

  @Override
  public void serve(ServedModel model) {
    beforeServing.accept(model);
  }
}
