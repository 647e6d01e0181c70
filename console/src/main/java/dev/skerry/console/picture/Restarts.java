package dev.skerry.console.picture;

import dev.skerry.console.read.PartSight;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which parts came back under another process id a short while ago: one of them that does not
 * answer yet starts, and is not down. Not thread-safe.
 */
final class Restarts {

  /** So long a part may take to start, and so long it is said that it was restarted. */
  static final long RECENT_MILLIS = 90_000;

  private final Map<String, Long> processes = new HashMap<>();
  private final SortedMap<String, Long> recent = new TreeMap<>();

  /** Looks at the process ids of those that run now; a part that is between two is not there. */
  void look(long nowMillis, Map<String, Long> running) {
    running.forEach(
        (part, process) -> {
          Long before = processes.put(part, process);
          if (before != null && !before.equals(process)) {
            recent.put(part, nowMillis);
          }
        });
    recent.values().removeIf(at -> nowMillis - at > RECENT_MILLIS);
  }

  /** When each of them came back, in milliseconds since the epoch. */
  SortedMap<String, Long> recent() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(recent));
  }

  /** The parts, of which those that were restarted and do not answer yet are starting. */
  Map<String, PartSight> judge(Map<String, PartSight> parts) {
    Map<String, PartSight> judged = new LinkedHashMap<>();
    parts.forEach((name, sight) -> judged.put(name, judge(name, sight)));
    return judged;
  }

  private PartSight judge(String name, PartSight sight) {
    return sight.health() == PartSight.Health.DOWN && recent.containsKey(name)
        ? new PartSight(
            sight.name(),
            PartSight.Health.STARTING,
            "does not answer yet",
            sight.figures(),
            sight.budgets(),
            sight.loop())
        : sight;
  }
}
