package dev.skerry.inference.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a site has decided about one model, by versions. Immutable.
 *
 * @param champion the version that answers; empty: the one that the site was set up with
 * @param canary the version that is tried
 * @param canaryShare of the devices, 0 to 1
 * @param former earlier champions, the latest first
 * @param withdrawn versions that never serve again, the latest first
 */
record ModelState(
    Optional<String> champion,
    Optional<String> canary,
    double canaryShare,
    List<String> former,
    List<String> withdrawn) {

  /** Nothing was decided yet. */
  static final ModelState NONE =
      new ModelState(Optional.empty(), Optional.empty(), 0, List.of(), List.of());

  private static final int MOST_REMEMBERED = 100;

  ModelState {
    former = List.copyOf(former.subList(0, Math.min(MOST_REMEMBERED, former.size())));
    withdrawn = List.copyOf(withdrawn.subList(0, Math.min(MOST_REMEMBERED, withdrawn.size())));
  }

  /** The same after another champion began to answer, and no canary. */
  ModelState promoted(Optional<String> version) {
    List<String> before = new ArrayList<>(former);
    champion.ifPresent(left -> before.add(0, left));
    version.ifPresent(before::remove);
    return new ModelState(version, Optional.empty(), 0, before, withdrawn);
  }

  /** The same with a canary, or with another one. */
  ModelState canaried(String version, double share) {
    return new ModelState(champion, Optional.of(version), share, former, withdrawn);
  }

  /** The same without a version that serves never again, and with what takes its place. */
  ModelState without(String version, Optional<String> otherwise) {
    List<String> never = new ArrayList<>(withdrawn);
    never.remove(version);
    never.add(0, version);
    List<String> before = new ArrayList<>(former);
    before.remove(version);
    boolean wasChampion = champion.filter(version::equals).isPresent();
    otherwise.filter(other -> wasChampion).ifPresent(before::remove);
    return new ModelState(
        wasChampion ? otherwise : champion,
        canary.filter(tried -> !tried.equals(version)),
        canary.filter(tried -> !tried.equals(version)).isPresent() ? canaryShare : 0,
        before,
        never);
  }

  /** Whether a version answers, all devices or those of the canary. */
  boolean serves(String version) {
    return champion.filter(version::equals).isPresent()
        || canary.filter(version::equals).isPresent();
  }

  /** Whether a version was withdrawn. */
  boolean isWithdrawn(String version) {
    return withdrawn.contains(version);
  }
}
