package dev.skerry.inference.release;

import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.ReleaseId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of releases on their way in, until {@code model-status} says so. News that came while
 * nobody was in office is told by the next one that is. Used by one thread.
 */
final class ReleaseNews implements Arrivals.Outcomes {

  private static final Logger log = LoggerFactory.getLogger(ReleaseNews.class);

  /** A process that decides has told what is older. */
  private static final Duration OLD = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Predicate<String> servesModel;
  private final Deque<Item> untold = new ArrayDeque<>();
  private final Map<ReleaseId, String> refusals = new HashMap<>();

  /** One step of a release, with its reason. */
  record Item(ReleaseId id, ModelStep step, String reason, long atMillis) {}

  /** Tells an item, where this process may just now. */
  @FunctionalInterface
  interface Teller {

    /** Returns whether it is told. */
    boolean tell(Item item);
  }

  /**
   * No news yet.
   *
   * @param servesModel whether the site has a model of a name
   */
  ReleaseNews(InstantSource clock, Predicate<String> servesModel) {
    this.clock = clock;
    this.servesModel = servesModel;
  }

  @Override
  public void received(Manifest manifest) {
    add(
        manifest.release(),
        ModelStep.RECEIVED,
        "All %d bytes are here and verified".formatted(manifest.sizeBytes()));
  }

  @Override
  public void refused(ReleaseId release, String reason) {
    if (servesModel.test(release.model()) && !reason.equals(refusals.put(release, reason))) {
      log.warn("{} is refused: {}", release, reason);
      add(release, ModelStep.REFUSED, reason);
    }
  }

  private void add(ReleaseId release, ModelStep step, String reason) {
    untold.add(new Item(release, step, reason, clock.millis()));
  }

  /** Tells what is not told yet, the oldest first. */
  void tell(boolean inOffice, Teller teller) {
    long nowMillis = clock.millis();
    untold.removeIf(item -> !inOffice && nowMillis - item.atMillis() > OLD.toMillis());
    while (!untold.isEmpty() && teller.tell(untold.getFirst())) {
      untold.removeFirst();
    }
  }
}
