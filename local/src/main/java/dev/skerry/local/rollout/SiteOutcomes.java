package dev.skerry.local.rollout;

import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.ReleaseId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one release at each site, as {@code model-status} says. A site that has once taken
 * it back counts so for ever: later steps of others cover that up in a compacted topic. Not
 * thread-safe.
 */
public final class SiteOutcomes {

  private final ReleaseId release;
  private final Map<String, Outcome> sites = new TreeMap<>();

  /** What a site makes of it. */
  public enum Outcome {
    /** The site runs the model, and has not said anything of this version yet. */
    NOT_THERE,
    /** It is whole, or answers some of the devices. */
    TRYING,
    /** It is the champion, or was. */
    ACCEPTED,
    /** It was refused, or withdrawn. */
    REJECTED
  }

  public SiteOutcomes(ReleaseId release) {
    this.release = release;
  }

  /** Takes in what a site says. */
  public void accept(ModelStatus status) {
    if (status.getModel().equals(release.model())) {
      sites.merge(status.getSiteId(), outcome(status), SiteOutcomes::later);
    }
  }

  private Outcome outcome(ModelStatus status) {
    String version = release.version();
    ModelStep step = status.getStep();
    boolean isOfIt = status.getModelVersion().equals(version);
    // A revocation is the publisher's doing: it says nothing of how the site fared.
    boolean isTakenBack =
        status.getWithdrawnVersions().contains(version) && !(isOfIt && step == ModelStep.REVOKED);
    if (isTakenBack || (isOfIt && step == ModelStep.REFUSED)) {
      return Outcome.REJECTED;
    }
    if (Optional.of(version).equals(Optional.ofNullable(status.getChampionVersion()))) {
      return Outcome.ACCEPTED;
    }
    boolean isCanary = Optional.of(version).equals(Optional.ofNullable(status.getCanaryVersion()));
    return isCanary || (isOfIt && step == ModelStep.RECEIVED) ? Outcome.TRYING : Outcome.NOT_THERE;
  }

  private static Outcome later(Outcome before, Outcome now) {
    return before.compareTo(now) > 0 ? before : now;
  }

  /** By site; sites that never ran the model are not known. */
  public Map<String, Outcome> bySite() {
    return Map.copyOf(sites);
  }
}
