package dev.skerry.local;

import dev.skerry.local.loop.LoopWatch;
import dev.skerry.local.site.Sites;
import dev.skerry.local.watch.Snapshot;
import dev.skerry.local.watch.StatusLine;
import java.util.Optional;
import java.util.function.Consumer;

/** One line of what happens, with how far the circle of retraining is. Thread-safe. */
final class SitesLine implements Sites.Listener {

  private final StatusLine line = new StatusLine();
  private final Consumer<String> status;
  private final LoopWatch loop;

  /**
   * A line.
   *
   * @param loop is looked at once a second
   */
  SitesLine(Consumer<String> status, LoopWatch loop) {
    this.status = status;
    this.loop = loop;
  }

  @Override
  public void watched(String site, Snapshot before, Snapshot now) {
    status.accept(
        line.with(site, before, now) + lookedAt().map(text -> " | loop " + text).orElse(""));
  }

  private synchronized Optional<String> lookedAt() {
    loop.look();
    return loop.summary();
  }
}
