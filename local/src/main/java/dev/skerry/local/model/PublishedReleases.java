package dev.skerry.local.model;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleaseLog;
import dev.skerry.schemas.release.TrustedKeys;
import dev.skerry.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;

/** What {@code models} says, whoever signed it: to trust is the sites' part. */
final class PublishedReleases {

  private final ReleaseLog log = new ReleaseLog(TrustedKeys.anybody());

  private PublishedReleases() {}

  static PublishedReleases read(BrokerOption broker) {
    PublishedReleases read = new PublishedReleases();
    broker.read(Topics.MODELS.name(), read.log::accept);
    return read;
  }

  /** The oldest first. */
  List<Release> all() {
    return log.releases();
  }

  Optional<Release> find(ReleaseId id) {
    return log.release(id);
  }

  /** Throws {@link SiteRefusedException} that says what there is. */
  Release require(ReleaseId id) {
    return find(id)
        .orElseThrow(
            () ->
                new SiteRefusedException(
                    "There is no release of %s; there are %s"
                        .formatted(id, all().stream().map(Release::id).toList())));
  }

  /**
   * A moment after all that is published, whatever this machine's clock says: what is older than
   * what was said before is not heard.
   */
  long nowMillis() {
    long latest = all().stream().mapToLong(Release::latestMillis).max().orElse(0);
    return Math.max(latest + 1, System.currentTimeMillis());
  }
}
