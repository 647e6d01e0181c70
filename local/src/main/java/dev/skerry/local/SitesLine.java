package dev.skerry.local;

import dev.skerry.local.loop.LoopWatch;
import dev.skerry.local.site.Sites;
import dev.skerry.local.watch.Snapshot;
import dev.skerry.local.watch.StatusLine;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One line of what happens: all of it for one site, the main figures of several. Thread-safe. */
final class SitesLine implements Sites.Listener {

  private final int count;
  private final Consumer<String> status;
  private final LoopWatch loop;
  private final SortedMap<String, String> latest = new TreeMap<>();

  /**
   * A line.
   *
   * @param loop is looked at once a second
   */
  SitesLine(int count, Consumer<String> status, LoopWatch loop) {
    this.count = count;
    this.status = status;
    this.loop = loop;
  }

  @Override
  public void watched(String site, Snapshot before, Snapshot now) {
    String line = count == 1 ? StatusLine.of(before, now) : together(site, before, now);
    status.accept(line + lookedAt().map(text -> " | loop " + text).orElse(""));
  }

  private synchronized Optional<String> lookedAt() {
    loop.look();
    return loop.summary();
  }

  private synchronized String together(String site, Snapshot before, Snapshot now) {
    latest.put(site, StatusLine.brief(before, now));
    return latest.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(" | "));
  }
}
