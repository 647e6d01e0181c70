package dev.skerry.local.watch;

import dev.skerry.local.terminal.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the sites of a run do, as one line for people that fits a terminal: all together, and which
 * of several is behind. Thread-safe.
 */
public final class StatusLine {

  private static final String STARTING = "starting: the brokers answer, no telemetry yet";

  private final SortedMap<String, Pace> bySite = new TreeMap<>();

  /** For example {@code 120 in/s | 118 out/s | lag 3 | p99 88 ms | mirrored 25/26}. */
  public synchronized String with(String site, Snapshot before, Snapshot now) {
    bySite.put(site, Pace.of(before, now));
    Pace pace = Pace.together(bySite.values());
    if (pace.records() == 0) {
      return STARTING;
    }
    List<String> fields = new ArrayList<>();
    if (bySite.size() > 1) {
      fields.add(bySite.size() + " sites");
    }
    fields.add(Text.count(pace.inPerSecond()) + " in/s");
    fields.add(Text.count(pace.outPerSecond()) + " out/s");
    fields.add("lag " + Text.count(pace.lag()) + behind().map(" of %s"::formatted).orElse(""));
    if (pace.p99Millis() > 0) {
      fields.add("p99 " + Text.millis(pace.p99Millis()));
    }
    if (pace.deadLetters() > 0) {
      fields.add("dead letters " + Text.count(pace.deadLetters()));
    }
    if (pace.overflow() > 0) {
      fields.add("overflow " + Text.count(pace.overflow()));
    }
    if (pace.edge() > 0) {
      fields.add("mirrored " + Text.count(pace.cloud()) + "/" + Text.count(pace.edge()));
    }
    return String.join(" | ", fields);
  }

  /** The one of several sites that has most of the lag. */
  private Optional<String> behind() {
    return bySite.entrySet().stream()
        .filter(
            site -> site.getValue().lag() * 2 > bySite.values().stream().mapToLong(Pace::lag).sum())
        .filter(site -> bySite.size() > 1)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
