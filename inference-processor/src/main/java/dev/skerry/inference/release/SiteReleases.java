package dev.skerry.inference.release;

import dev.skerry.inference.canary.Comparison;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a stream's releases have to know of the site. */
interface SiteReleases {

  /** What was decided about a model. */
  ModelState state(String model);

  /** The releases of a model that are whole, kept, and offered to this site, the oldest first. */
  List<Release> offered(String model);

  /** The manifest of a release that is known. */
  Optional<Manifest> manifest(ReleaseId id);

  /** When a release was issued; 0 where none is known of that name. */
  default long issuedAtMillis(ReleaseId id) {
    return manifest(id).map(Manifest::issuedAtMillis).orElse(0L);
  }

  /** Why a release must not serve any more; empty where it may. */
  Optional<String> revoked(ReleaseId id);

  /** The verified file of a release; empty where it is not here. */
  Optional<Path> file(ReleaseId id);

  /** What the other processes of the site have seen of a canary beside this champion. */
  Comparison seenElsewhere(ReleaseId canary, ReleaseId champion);

  /** A release must not serve, for this reason. */
  void refused(ReleaseId id, String reason);

  /** A model is about to serve. */
  void serve(ServedModel model);
}
