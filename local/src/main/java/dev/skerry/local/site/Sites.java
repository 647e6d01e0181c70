package dev.skerry.local.site;

import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.watch.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One site or several on this machine, which share the cloud of the first: each with a name, a
 * directory, ports, brokers and parts of its own.
 */
public final class Sites implements AutoCloseable {

  /** The most that ports and names have room for. */
  public static final int MOST = 9;

  private final List<Site> sites;
  private final CompletableFuture<PartFailure> failure;

  /** Is told what happened at a site; called by a thread for each site. */
  @FunctionalInterface
  public interface Listener {
    /** Takes two snapshots that are about a second apart. */
    void watched(String site, Snapshot before, Snapshot now);
  }

  private Sites(List<Site> sites) {
    this.sites = List.copyOf(sites);
    this.failure =
        sites.stream()
            .map(Site::failure)
            .reduce((one, other) -> one.applyToEither(other, Function.identity()))
            .orElseThrow();
  }

  /**
   * Starts the first site, and further ones like it.
   *
   * @param first how the first one runs
   * @param count how many there are in all, 1 to {@link #MOST}
   * @throws SiteRefusedException when a directory or a port is in use, or several cannot be
   * @throws SiteFailedException when a part does not start
   */
  public static Sites start(
      SiteSettings first, int count, Consumer<String> console, Listener listener)
      throws InterruptedException {
    List<SiteSettings> all = settings(first, count);
    if (count > 1) { // A port that is taken is better known before the first one starts.
      all.forEach(settings -> settings.ports().requireFree());
    }
    List<Site> started = new ArrayList<>();
    try {
      for (SiteSettings settings : all) {
        Consumer<String> named =
            count == 1 ? console : line -> console.accept(settings.id() + ": " + line);
        started.add(
            Site.start(
                settings, named, (before, now) -> listener.watched(settings.id(), before, now)));
      }
      return new Sites(started);
    } catch (RuntimeException | InterruptedException e) {
      closeAll(started);
      throw e;
    }
  }

  private static List<SiteSettings> settings(SiteSettings first, int count) {
    if (count < 1 || count > MOST) {
      throw new SiteRefusedException("--sites is " + count + ": give 1 to " + MOST);
    }
    List<SiteSettings> further = new ArrayList<>();
    for (int number = 2; number <= count; number++) {
      further.add(first.further(number));
    }
    List<SiteSettings> all = new ArrayList<>();
    all.add(further.isEmpty() ? first : first.sharedWith(further));
    all.addAll(further);
    return all;
  }

  /** All of them, the first one first. */
  public List<Site> all() {
    return sites;
  }

  /** The one that has the cloud. */
  public Site first() {
    return sites.get(0);
  }

  /** Completes with the first part of any site that does not run and does not come back. */
  public CompletableFuture<PartFailure> failure() {
    return failure;
  }

  /**
   * Completes when the first site's source has handed over all it has; never for an endless one.
   */
  public CompletableFuture<Void> sourceFinished() {
    return first().sourceFinished();
  }

  /** Drains one after the other, the first one last, and returns what each run did by site. */
  public Map<String, RunReport> drain(Duration patience) throws InterruptedException {
    Map<String, RunReport> reports = new LinkedHashMap<>();
    for (int i = sites.size() - 1; i >= 0; i--) {
      reports.put(sites.get(i).id(), sites.get(i).drain(patience));
    }
    return reports;
  }

  /** Stops everything that still runs, the cloud last; the data stays. */
  @Override
  public void close() {
    closeAll(sites);
  }

  private static void closeAll(List<Site> sites) {
    for (int i = sites.size() - 1; i >= 0; i--) {
      sites.get(i).close();
    }
  }
}
